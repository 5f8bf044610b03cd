"""Acts on many agencies at once: extend, exempt, remind, accept; first shown row by row, then done as one."""
