package csvmap

import (
	"testing"
	"time"

	"razebulk/csvmap/internal/sheettest"
)

func TestUpdatedAt(t *testing.T) {
	const reason = "--ignore-columns updated_at"
	noon := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		text   string
		want   time.Time
		unit   time.Duration
		reason string
	}{
		{"", time.Time{}, 0, ""},
		{"2026-11-22T12:00:00Z", noon, time.Second, ""},
		{"2026-11-22 12:00:00Z", noon, time.Second, ""},
		{"2026-11-22T09:00:00-03:00", noon, time.Second, ""},
		{"2026-11-22T12:00:00.000Z", noon, time.Millisecond, ""},
		{"2026-11-22 09:00:00.250000-03:00", noon.Add(250 * time.Millisecond), time.Microsecond, ""},
		{"2026-11-22T12:00:00.0000000000001Z", noon, time.Microsecond, ""},
		// as PostgreSQL writes them, without zeros at the end
		{"2026-11-22 12:00:00+00", noon, time.Microsecond, ""},
		{"2026-11-22 12:00:00.5+00", noon.Add(500 * time.Millisecond), time.Microsecond, ""},
		{"2026-11-22 12:00:00.518845+00", noon.Add(518845 * time.Microsecond), time.Microsecond, ""},
		{"2026-11-22 17:30:00.25+05:30", noon.Add(250 * time.Millisecond), time.Microsecond, ""},
		// as spreadsheets and scripts may rewrite them
		{"2026/11/22 12:00:00Z", noon, time.Second, ""},
		{"2026-11-22 12:00Z", noon, time.Minute, ""},
		{"2026-11-22 09:00-0300", noon, time.Minute, ""},
		{"2026-11-22 12:00:00 UTC", noon, time.Second, ""},
		{"2026-11-22 09:00:00 -0300", noon, time.Microsecond, ""},
		{`"2026-11-22 12:00:00,5+00"`, noon.Add(500 * time.Millisecond), time.Microsecond, ""},
		{"2026-11-22t12:00:00z", time.Time{}, 0, reason},
		{"05/10/2026 08:00:02Z", time.Time{}, 0, reason},
		{"22/11/2026 12:00:00+00", time.Time{}, 0, reason},
		{"2026-11-22 12:00:00 PM", time.Time{}, 0, reason},
		{"2026-13-22 12:00:00+00", time.Time{}, 0, reason},
		{"2026-11-22 12.5+00", time.Time{}, 0, reason},
		{"2026-11-22T12:00:00", time.Time{}, 0, reason},
		{"2026-11-22 12:00", time.Time{}, 0, reason},
		{"22/11/2026 12:00:00", time.Time{}, 0, reason},
		{"2026-11-22", time.Time{}, 0, reason},
		{"46348.5", time.Time{}, 0, reason},
	} {
		_, rows := readSheet(t, "id,Atualizado em,name\n1,"+c.text+",Ana\n", Options{UpdatedAt: true})
		row, got := rows[0], ""
		if len(row.Problems) > 0 {
			got = row.Problems[0].Code
		}
		sheettest.WantReason(t, got, c.reason)
		if !row.UpdatedAt.Equal(c.want) || row.UpdatedAtUnit != c.unit {
			t.Errorf("%q: got %v, %v, %s", c.text, row.UpdatedAt, row.UpdatedAtUnit, got)
		}
	}
}

func TestOlder(t *testing.T) {
	noon := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		row  Row
		than time.Time
		want bool
	}{
		{Row{}, noon, false},
		{Row{UpdatedAt: noon, UpdatedAtUnit: time.Second}, noon.Add(-time.Hour), false},
		{Row{UpdatedAt: noon, UpdatedAtUnit: time.Second}, noon, false},
		{Row{UpdatedAt: noon, UpdatedAtUnit: time.Second}, noon.Add(time.Second - 1), false},
		{Row{UpdatedAt: noon, UpdatedAtUnit: time.Second}, noon.Add(time.Second), true},
		{Row{UpdatedAt: noon, UpdatedAtUnit: time.Second}, noon.Add(time.Second).In(time.FixedZone("BRT", -3*60*60)), true},
		{Row{UpdatedAt: noon, UpdatedAtUnit: time.Millisecond}, noon.Add(time.Millisecond - 1), false},
		{Row{UpdatedAt: noon, UpdatedAtUnit: time.Millisecond}, noon.Add(time.Millisecond), true},
		{Row{UpdatedAt: noon, UpdatedAtUnit: time.Microsecond}, noon, false},
		{Row{UpdatedAt: noon, UpdatedAtUnit: time.Microsecond}, noon.Add(time.Microsecond), true},
		{Row{UpdatedAt: noon, UpdatedAtUnit: time.Minute}, noon.Add(time.Minute - 1), false},
	} {
		if got := c.row.Older(c.than); got != c.want {
			t.Errorf("%v than %v: got %v", c.row.UpdatedAt, c.than, got)
		}
	}
}

func TestUpdatedAtIsLeftAloneWhereNobodyAsks(t *testing.T) {
	for _, o := range []Options{{}, {UpdatedAt: true, Ignore: []string{"updated_at"}}} {
		_, rows := readSheet(t, "id,updated_at,name\n1,yesterday,Ana\n", o)
		wantRows(t, rows, named(2, 2, "1", "Ana"))
	}
}

func TestTwoColumnsOfTheTimeAreOneTooMany(t *testing.T) {
	const sheet = "id,updated_at,Atualizado em\n1,,\n"
	sheettest.WantError(t, readError(sheet, Options{UpdatedAt: true}), "are all read as updated_at")
	readSheet(t, sheet, Options{})
}
