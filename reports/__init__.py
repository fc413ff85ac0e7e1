"""Values into files and pictures: charts and calendar files. Words come from the catalogue."""
