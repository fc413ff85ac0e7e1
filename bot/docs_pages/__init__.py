"""The pages made from the program: commands, guide, rights."""
