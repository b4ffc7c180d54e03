// Survey: the workshop of those who draw a city's cells.
//
// It checks drafts of cells for what a loader need not care about (gaps, overlaps, slivers, cells
// outside their parent, sizes), compares two versions of a city, and draws what it found. It works
// on drafts, so that a city that does not load can still be looked at; it changes nothing.
//
// In: drafts of cells, as `GridLoader` reads them. Out: findings, differences, figures, pictures.
