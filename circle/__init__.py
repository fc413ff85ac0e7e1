"""The rules of circles: values and arithmetic. No input or output, no clock, no words."""
