"""One statistical method each: arrays in, limits or intervals out. No SQL, no build, no words for a screen but a
verdict."""
