package xlsx

import "razebulk/internal/reason"

// Unseen is what a sheet holds that a person doesn't see.
type Unseen struct {
	// Rows is how many rows are hidden, by hand or by a filter.
	Rows int
	// Columns are the headers of hidden columns that are sent.
	Columns []string
	// Covered is the number of non-empty cells that are merged under another one.
	Covered int
}

// Reasons returns a notice for each kind of unseen content.
func (u Unseen) Reasons() (all []reason.Reason) {
	if u.Rows > 0 {
		all = append(all, reason.New("hidden_rows", "rows", u.Rows))
	}
	if len(u.Columns) > 0 {
		all = append(all, reason.New("hidden_columns", "columns", u.Columns))
	}
	if u.Covered > 0 {
		all = append(all, reason.New("covered_cells", "cells", u.Covered))
	}
	return all
}
