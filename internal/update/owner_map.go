package update

import (
	"strings"

	"razebulk/internal/crm"
	"razebulk/internal/reason"
)

// ParseOwnerMap reads whose ids the texts of cells mean, each "Text=id". Its error is a [reason.Reason].
func ParseOwnerMap(texts []string) (map[string]string, error) {
	var owners map[string]string
	for _, text := range texts {
		at := strings.LastIndexByte(text, '=')
		if at < 0 || crm.Trim(text[:at]) == "" || crm.Trim(text[at+1:]) == "" || strings.ContainsAny(crm.Trim(text[at+1:]), " @") {
			return nil, reason.New("owner_map_form", "mapping", text)
		}
		if owners == nil {
			owners = map[string]string{}
		}
		owners[crm.Trim(text[:at])] = crm.Trim(text[at+1:])
	}
	return owners, nil
}
