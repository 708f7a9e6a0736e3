package cli

import (
	"encoding/json"
	"slices"

	"razebulk/internal/crm"
	"razebulk/internal/getraze"
	"razebulk/report"
)

// exportedReadOnly are the columns behind the fields. csvmap knows all of them, and passes them over.
var exportedReadOnly = []string{"status", "source", "created_at", "updated_at", "campaign_id", "responsible_user"}

// exportColumns is the header of every export, so that one is as wide as that of the night before.
func exportColumns(notes bool) []string {
	columns := slices.Concat([]string{crm.ID}, crm.Fields, exportedReadOnly)
	if notes {
		return columns
	}
	return slices.DeleteFunc(columns, func(name string) bool { return name == "notes" })
}

// exportCells are the columns of one opportunity, each from the first answer that tells it. untold are the fields that none does.
func exportCells(columns []string, answers ...getraze.Opportunity) (cells []report.ExportCell, untold []string) {
	for _, name := range columns {
		text, told := exportValue(name, answers)
		if !told && slices.Contains(crm.Fields, name) {
			untold = append(untold, name)
		}
		cells = append(cells, report.ExportCell{Text: text, Number: name == "deal_value"})
	}
	return cells, untold
}

func exportValue(name string, answers []getraze.Opportunity) (text string, told bool) {
	for _, o := range answers {
		if value, told := o.Value(name); told {
			return value.Text, true
		}
		if user := userName(o); name == "responsible_user" && user != "" {
			return user, true
		}
	}
	return "", false
}

// userName finds the name in responsible_user {id, name}, which GET of one opportunity gives (api.md, part 1).
func userName(o getraze.Opportunity) string {
	var user struct {
		Name string `json:"name"`
	}
	if json.Unmarshal(o["responsible_user"], &user) != nil {
		return ""
	}
	return user.Name
}
