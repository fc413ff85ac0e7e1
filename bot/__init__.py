"""The shell: composition, configuration, dispatch, Matrix, clock, speech, console, command line."""
