"""The demo site: building it, playing the main job on it, and its shipped files."""
