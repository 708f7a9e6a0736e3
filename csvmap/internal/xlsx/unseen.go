package xlsx

import "razebulk/internal/reason"

// Unseen is what a sheet holds that a person doesn't see.
type Unseen struct {
	// Rows are how many are hidden, by hand or by a filter.
	Rows int
	// Columns are the headers of hidden columns of which something is sent.
	Columns []string
	// Covered are cells that hold something under another one with which they are merged.
	Covered int
}

// Reasons are what there is to say of it.
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
