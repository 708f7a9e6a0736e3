package fieldcheck

import (
	"razebulk/csvmap/internal/cell"
	"razebulk/internal/crm"
)

// Form is how the texts of a field are written. The zero value takes any text.
type Form struct {
	usual func(text string) bool
	check func(cell.Value) error
}

var forms = map[string]Form{
	crm.Email:    {isUsualAddress, checkEmail},
	crm.Name:     {isUsualName, checkName},
	crm.Company:  {isUsualName, checkName},
	crm.Position: {isUsualName, checkLabel},
	crm.Notes:    {cell.IsUsual, nil},
	crm.Phone:    {cell.IsUsualPhone, checkPhone},
	crm.Currency: {nil, checkCurrency},
	crm.Owner:    {cell.IsUsual, checkOwner},
}

// Of returns the form of a field.
func Of(field string) Form { return forms[field] }

// IsUsual reports whether a text is written as nearly all texts of the field are. Unless it is too long, or doubtful
// because of other cells, it needs no trimming and no other check. Reading takes a sixth less time.
func (f *Form) IsUsual(text string) bool { return f.usual != nil && f.usual(text) }

// Problem returns why a cell can't be sent as the text of a field, or nil.
func (f *Form) Problem(field string, v cell.Value) error {
	if why := anyText(field, v); why != nil {
		return why
	}
	return f.OfPlain(v)
}

// OfPlain is [Form.Problem] for a plain value ([cell.Value.IsPlain]).
func (f *Form) OfPlain(v cell.Value) error {
	if f.check == nil {
		return nil
	}
	return f.check(v)
}

// isUsualName reports whether a text is usual and shorter than an id.
func isUsualName(text string) bool { return len(text) < crm.MinUUID && cell.IsUsual(text) }

// isUsualAddress reports whether a text is a common e-mail address that doesn't begin as a formula may.
func isUsualAddress(text string) bool {
	return text != "" && text[0] != '+' && text[0] != '-' && cell.IsPlainAddress(text)
}
