"""Words of the six languages: splitting, folding, stems."""
