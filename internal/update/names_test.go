package update_test

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"razebulk/internal/sandbox"
	"razebulk/internal/update"
)

func oppID(i int) string { return fmt.Sprintf("00000000-0000-4000-8000-%012d", i) }

// threePages is an API of the observed dialect with 250 opportunities: those of the first page are in the stage Novo of
// the pipeline Vendas, the 150th belongs to Eva, and the last one is in Parcerias, in the stage Ganho.
func threePages(t *testing.T) *service {
	t.Helper()
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	var held []sandbox.Opportunity
	for i := range 250 {
		o := sandbox.Opportunity{
			ID: oppID(i), Name: fmt.Sprint("Deal ", i), Pipeline: "Vendas", Stage: "Novo", CreatedAt: start.Add(time.Duration(i) * time.Minute),
			Email: fmt.Sprintf("deal%d@example.com", i), OwnerName: "Ana", OwnerEmail: "ana@example.com",
		}
		switch i {
		case 150:
			o.OwnerName, o.OwnerEmail = "Eva", "eva@example.com"
		case 249:
			o.Pipeline, o.Stage = "Parcerias", "Ganho"
		}
		held = append(held, o)
	}
	s := &service{Server: sandbox.New(sandbox.Options{Record: true, Opportunities: held, Dialect: sandbox.Observed})}
	server := httptest.NewServer(s.Server)
	t.Cleanup(server.Close)
	s.url = server.URL
	return s
}

// reads returns the requests that change nothing: how many pages, and which opportunities.
func (s *service) reads() (pages int, single []string) {
	for _, r := range s.Requests() {
		switch {
		case r.Method != "GET":
		case r.ID == "":
			pages++
		default:
			single = append(single, strings.TrimLeft(r.ID[24:], "0"))
		}
	}
	return pages, single
}

func TestAsFewPagesAreReadAsShowTheNames(t *testing.T) {
	if testing.Short() {
		t.Skip("it reads many lists")
	}
	manyOfPageThree := "id,Etapa\n"
	for i := 200; i < 230; i++ {
		manyOfPageThree += oppID(i) + ",Novo\n"
	}
	for _, c := range []struct {
		name, sheet string
		compare     bool
		pages       int
		single      string
		status      string // of all rows
	}{
		{"the first page has the name and the opportunity", "id,Etapa\n" + oppID(1) + ",novo\n", false, 1, "", "SUCCESS"},
		{"the first page has the name", "id,Etapa\n" + oppID(220) + ",novo\n", false, 1, "220", "SUCCESS"},
		{"the last page has the name", "id,Etapa\n" + oppID(249) + ",ganho\n", false, 3, "", "SUCCESS"},
		{"no page has the name", "id,Etapa\n" + oppID(1) + ",Demo\n", false, 3, "", "VALIDATION_ERROR"},
		{"the name is of another pipeline", "id,Etapa\n" + oppID(249) + ",Novo\n", false, 3, "249", "VALIDATION_ERROR"},
		{"many opportunities of a later page", manyOfPageThree, false, 3, "", "SUCCESS"},
		{"a column has the pipeline", "id,Etapa,Funil\n" + oppID(220) + ",Novo,Vendas\n", false, 1, "", "SUCCESS"},
		{"a stage's id", "id,Etapa\n" + oppID(220) + ",44444444-0000-4000-8000-000000000001\n", false, 1, "", "SUCCESS"},
		{"a column has another pipeline, which nothing shows", "id,Etapa,Funil\n" + oppID(249) + ",Novo,Vendas\n", false, 1, "", "NOT_APPLIED"},
		{"the same, with notes", "id,Etapa,Funil,notes\n" + oppID(249) + ",Novo,Vendas,x\n", false, 1, "", "NOT_APPLIED"},
		{"compared, a column has another pipeline", "id,Etapa,Funil\n" + oppID(249) + ",Novo,Vendas\n", true, 1, "249", "VALIDATION_ERROR"},
		{"compared, its own pipeline", "id,Etapa,Funil\n" + oppID(220) + ",Novo,VENDAS\n", true, 1, "220", "UNCHANGED"},
		{"an opportunity that is not there", "id,Etapa\n" + oppID(999) + ",Novo\n", false, 1, "999", "NOT_FOUND"},
		{"an owner of the second page", "id,Owner\n" + oppID(1) + ",eva\n", false, 2, "", "SUCCESS"},
		{"an owner of no page", "id,Owner\n" + oppID(1) + ",Rui\n", false, 3, "", "VALIDATION_ERROR"},
		{"a job title", "id,Cargo\n" + oppID(1) + ",Chefe\n", false, 1, "", "SUCCESS"},
		{"notes", "id,notes\n" + oppID(1) + ",x\n", false, 0, "", "SUCCESS"},
		{"compared, one row", "id,Owner\n" + oppID(1) + ",Eva\n", true, 2, "1", "SUCCESS"},
		{"compared, one row that is stored", "id,Owner\n" + oppID(150) + ",Eva\n", true, 0, "150", "UNCHANGED"},
		{"compared, few rows", "id,Etapa\n" + oppID(1) + ",Novo\n" + oppID(220) + ",Novo\n", true, 1, "220", "UNCHANGED"},
		{"compared, many rows", manyOfPageThree, true, 3, "", "UNCHANGED"},
		{"compared, many rows, an unknown name", strings.ReplaceAll(manyOfPageThree, "Novo", "Demo"), true, 3, "", "VALIDATION_ERROR"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := threePages(t)
			o := optionsOf(t, s, sheetOf(t, c.sheet), &recorder{})
			o.Sheet.Stage, o.Compare = true, c.compare
			prepared, err := update.Prepare(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			defer prepared.Close()
			pages, single := s.reads()
			if got := strings.Join(single, " "); pages != c.pages || got != c.single {
				t.Errorf("%d pages and the opportunities %q were read, want %d and %q", pages, got, c.pages, c.single)
			}
			_, _ = prepared.Send(t.Context())
			for _, status := range column(t, prepared.Paths().Results, "status") {
				if status != c.status {
					t.Errorf("a row has %s, want %s", status, c.status)
				}
			}
		})
	}
}

func TestStageMapIsParsed(t *testing.T) {
	const id = "{44444444000040008000000000000001}"
	got, err := update.ParseStageMap([]string{" Fechado = won", "a=b=lost", "Novo=" + id})
	if diff := cmp.Diff(map[string]string{"Fechado": "won", "a=b": "lost", "Novo": id}, got); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
	for _, wrong := range []string{"", "won", "=won", "Fechado=", "Fechado=Fechado", "Fechado=42"} {
		if _, err := update.ParseStageMap([]string{wrong}); err == nil {
			t.Errorf("%q is accepted", wrong)
		}
	}
	if none, err := update.ParseStageMap(nil); none != nil || err != nil {
		t.Errorf("got %v, %v for none", none, err)
	}
}

// TestAnIDInAnotherSpellingIsSentAsTheServiceHasIt holds from the first request on.
func TestAnIDInAnotherSpellingIsSentAsTheServiceHasIt(t *testing.T) {
	inDialects(t, anIDInAnotherSpellingIsSentAsTheServiceHasIt)
}

func anIDInAnotherSpellingIsSentAsTheServiceHasIt(t *testing.T, dialect sandbox.Dialect) {
	id := uuidOf("a")
	for _, spelled := range []string{"{" + id + "}", strings.ToUpper(id), strings.ReplaceAll(id, "-", "")} {
		for _, compare := range []bool{false, true} {
			s := newService(t, dialect, "a")
			o := optionsOf(t, s, sheetOf(t, "id,notes\n"+spelled+",x\n"), &recorder{})
			o.Compare = compare
			if _, err := send(t, t.Context(), o); err != nil {
				t.Errorf("%s, compare %t: %v %q", spelled, compare, err, column(t, o.Paths.Results, "message"))
			}
			for _, r := range s.Requests() {
				if r.ID != "" && r.ID != id {
					t.Errorf("%s, compare %t: sent as %s", spelled, compare, r.ID)
				}
			}
			if got := column(t, o.Paths.Results, "id"); got[0] != spelled {
				t.Errorf("the result is of %s, want %s", got[0], spelled)
			}
		}
	}
}
