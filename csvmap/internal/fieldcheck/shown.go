package fieldcheck

import (
	"cmp"

	"razebulk/csvmap/internal/cell"
	"razebulk/internal/crm"
	"razebulk/internal/reason"
)

// IDCell returns why a cell can't be an opportunity's id, or nil. A cell with the clear marker, if there is one, can't.
// Only a row that is matched by other cells needs none.
func IDCell(v cell.Value, clearMarker string, isMatched bool) error {
	why := ID(v)
	switch {
	case why != nil && (v.Text == "" || IDTooLong(v)):
		return why
	case !isMatched && !v.Escaped && cell.IsEmptyWord(v.Text):
		return reason.New("id_missing")
	case v.Text == clearMarker:
		return reason.New("field_required", "field", crm.ID)
	case v.Kind == cell.Date:
		return reason.New("date_for_id")
	case v.Kind != cell.Text && shownOtherwise(crm.ID, v) != nil:
		return shownOtherwise(crm.ID, v)
	}
	return cmp.Or(v.Damage(), v.IDDamage(), why) // #N/A and 12/03/2024 are no addresses
}

// anyText returns why a cell can't be sent as a text, or nil. Of the field it matters only whether it shows digits.
func anyText(field string, v cell.Value) error {
	if why := v.Damage(); why != nil {
		return why
	}
	shown := shownOtherwise(field, v)
	switch {
	case v.Kind == cell.Date && field == crm.Phone:
		return reason.New("date_for_phone")
	case v.Kind == cell.Date:
		return reason.New("date_for_text")
	case shown != nil:
		return shown
	case (v.Kind == cell.Number || v.Kind == cell.Percent) && cell.IsScientific(v.Text):
		return reason.New("number_too_long")
	}
	if why := controls(v); why != nil {
		return why
	}
	if v.HasEntities() {
		return reason.New("html_entities")
	}
	return nil
}

// shownOtherwise returns why a number can't be an id or phone number, whose digits must be shown as they are, or nil.
func shownOtherwise(field string, v cell.Value) error {
	if field != crm.ID && field != crm.Phone && field != crm.Owner {
		return nil
	}
	switch {
	case v.Kind == cell.Masked || v.Kind == cell.Percent:
		return reason.New("number_shown_otherwise")
	case v.Kind == cell.Number && !cell.IsScientific(v.Text) && !cell.AreDigits(v.Text):
		return reason.New("number_with_fraction")
	}
	return nil
}
