package update

import (
	"strings"

	"razebulk/internal/crm"
	"razebulk/internal/reason"
)

// ParseStageMap reads what names of stages mean, each "Name=status" or "Name=id". Its error is a [reason.Reason].
func ParseStageMap(texts []string) (map[string]string, error) {
	var stages map[string]string
	for _, text := range texts {
		at := strings.LastIndexByte(text, '=')
		if at < 0 || crm.Trim(text[:at]) == "" {
			return nil, reason.New("stage_map_form", "mapping", text)
		}
		name, meant := crm.Trim(text[:at]), crm.Trim(text[at+1:])
		if _, isWord := crm.StatusOf(meant); !isWord && !crm.IsUUID(crm.CanonicalID(meant)) {
			return nil, reason.New("stage_map_meaning", "mapping", text, "meaning", meant, "statuses", crm.Statuses)
		}
		if stages == nil {
			stages = map[string]string{}
		}
		stages[name] = meant
	}
	return stages, nil
}
