"""Synthetic site days without patients' data: 837, 835, 277CA and CCD+ files that match to the cent."""
