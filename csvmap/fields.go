package csvmap

// IDField is the column that says which opportunity a row is about.
const IDField = "id"

// Fields are the fields that an update can change, in the order in which cells, plans and results list them.
var Fields = []string{
	"name", "email", "phone", "company", "position", "deal_value", "deal_currency", "notes", "responsible_user_id",
}

// readOnlyColumns stand in exports of the CRM and can't be changed by an update.
var readOnlyColumns = []string{
	"status", "source", "created_at", "updated_at", "campaign_id", "campaign_name", "responsible_user", "responsible_user_name",
}

// StatusColumn and MessageColumn are added to a file of failed rows. A sheet that has them is such a file, come back.
const (
	StatusColumn  = "raze_status"
	MessageColumn = "raze_message"
	// decimalColumn says with which decimal sign the numbers of the whole sheet were read. The failed rows alone might say otherwise:
	// where all others have a decimal point, a lone 1,234 must not become 1.234 on its way back.
	decimalColumn = "raze_decimal"
)

var ownColumns = []string{StatusColumn, MessageColumn, decimalColumn}

func isNumberField(field string) bool { return field == "deal_value" }
