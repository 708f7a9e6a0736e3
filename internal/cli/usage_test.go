package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const ofTheRun = ": this file is the input, or one that the run writes; name another"

// wrongLines are invalid command lines and their messages, without "razebulk: ".
var wrongLines = []struct{ line, want string }{
	// not a command
	{"deals.csv", `"deals.csv" is a file, not a command; to send it: razebulk update deals.csv`},
	{"'my deals.xlsx'", `"my deals.xlsx" is a file, not a command; to send it: razebulk update 'my deals.xlsx'`},
	{"--dry-run deals.csv", "--dry-run is a flag of razebulk update; razebulk --help lists the flags"},
	{"updat deals.csv", `unknown command "updat"; did you mean update?`},
	{"frobnicate", `unknown command "frobnicate"; razebulk --help lists the commands`},

	// files
	{"update", "no file is named: razebulk update [flags] FILE"},
	{"columns", "no file is named: razebulk columns [flags] FILE"},
	{"update a.csv b.csv", `one file at a time, not 2: "a.csv", "b.csv"`},
	{"export deals.csv", `export takes no file, not "deals.csv"; the opportunities of a sheet: razebulk export --ids-from deals.csv`},
	{"version extra", `version takes only flags, not "extra"`},
	{"sandbox extra", `sandbox takes only flags, not "extra"`},

	// unknown flags
	{"update --dryrun deals.csv", "unknown flag --dryrun; did you mean --dry-run?"},
	{"update --api-key gr_live_x deals.csv", "unknown flag --api-key; did you mean --api-key-file?"},
	{"update --Compare deals.csv", "unknown flag --Compare; did you mean --compare?"},
	{"update --frobnicate deals.csv", "unknown flag --frobnicate; razebulk update --help lists the flags"},
	{"export --compare", "--compare is a flag of razebulk update; razebulk export --help lists the flags"},
	{"update -compare deals.csv", "unknown flag -compare; did you mean --compare?"},
	{"update -x.csv", "unknown flag -x.csv; a file whose name begins with a hyphen is named with its folder: ./-x.csv"},
	{"update -x deals.csv", "unknown flag -x; razebulk update --help lists the flags"},
	{"update --=x deals.csv", `"--=x" is not a flag; razebulk update --help lists the flags`},
	{"update --no-\x1b[31msuch deals.csv", `unknown flag --no-\x1b[31msuch; razebulk update --help lists the flags`},

	// values
	{"update --rate abc deals.csv", `--rate "abc": not a number, such as 10 or 0.5`},
	{"update --timeout 30 deals.csv", `--timeout "30": not a duration, such as 30s, 5m or 24h`},
	{"update --max-duration 1d deals.csv", `--max-duration "1d": not a duration, such as 30s, 5m or 24h`},
	{"update --retries 1.5 deals.csv", `--retries "1.5": not a whole number, such as 4`},
	{"update --concurrency 99999999999999999999 deals.csv", `--concurrency "99999999999999999999": not a whole number, such as 4`},
	{"update --yes=maybe deals.csv", "--yes=maybe: say true or false, or --yes alone"},
	{"update --max-failures abc deals.csv", `--max-failures: "abc" is not a number such as 30, or a percentage such as 10%`},
	{"update --quota-reserve 101% deals.csv", `--quota-reserve: "101%" is not a percentage of more than 0 and up to 100`},
	{`update --ignore-columns 'a"b' deals.csv`, `--ignore-columns "a\"b": a quote is missing; put names with a comma in quotes, as in '"A, B",C'`},
	{"update --min-rows many deals.csv", `--min-rows "many": not a whole number, such as 4`},
	{"update --sandbox --min-rows -1 deals.csv", "--min-rows -1: must be 0 or more"},
	{"update deals.csv --rate", "--rate needs a value, such as 10 or 0.5"},
	{"update deals.csv --state", "--state needs a value, such as FILE"},
	{"update deals.csv --timeout", "--timeout needs a value, such as 30s, 5m or 24h"},

	// flags that exclude each other
	{"update --resume --restart deals.csv", "--restart and --resume can't be used together; leave one of them out"},
	{"update -q -v deals.csv", "--quiet and --verbose can't be used together; leave one of them out"},
	{"update --sandbox --base-url https://x.example deals.csv", "--base-url and --sandbox can't be used together; leave one of them out"},
	{"export --ids-from a.csv --status new", "--ids-from and --status can't be used together; leave one of them out"},

	// files of the run
	{"update --sandbox --state deals.csv deals.csv", "--state deals.csv" + ofTheRun},
	{"update --sandbox --state deals.results.csv deals.csv", "--state deals.results.csv" + ofTheRun},
	{"update --sandbox --state s.db --results s.db deals.csv", "--state s.db" + ofTheRun},
	{"update --sandbox --compare --state s.db --undo-file s.db deals.csv", "--state s.db" + ofTheRun},
	{"update --sandbox --state deals.failed.xlsx deals.csv", "--state deals.failed.xlsx" + ofTheRun},
	{"update --sandbox --state deals.results.csv.partial deals.csv", "--state deals.results.csv.partial" + ofTheRun},
	{"update --sandbox --state deals.results.csv.run.json deals.csv", "--state deals.results.csv.run.json" + ofTheRun},
	{"update --sandbox --dry-run --state deals.plan.csv deals.csv", "--state deals.plan.csv" + ofTheRun},
	{"update --sandbox --state other.csv deals.csv", "state file other.csv: not a state file, or its beginning is missing; name another --state file"},
	{"update --sandbox --results nodir/out.csv deals.csv", "nodir/out.csv can't be created in the folder $PWD/nodir: no such file or directory"},
	{"export --sandbox --out nodir/x.csv", "nodir/x.csv can't be created in the folder $PWD/nodir: no such file or directory"},
	{"update --sandbox --results . deals.csv", ".: this is a link, a directory, a pipe or a device, not a file; move it away, or name another"},
	{"update --sandbox --min-rows 2 deals.csv", "deals.csv: the sheet has 1 row, and 2 must be there (--min-rows); nothing is sent"},
	{"update --sandbox \x1b[2J.csv", `\x1b[2J.csv: no such file or directory`},
	{"columns nofile.csv", "nofile.csv: no such file or directory"},
	{"update --api-key-file nofile deals.csv", "--api-key-file: nofile: no such file or directory"},

	// others
	{"help frobnicate", `unknown command "frobnicate"; razebulk --help lists the commands`},
	{"completion foo", `unknown shell "foo": razebulk completion bash|zsh|fish|powershell`},
	{"completion", "no shell is named: razebulk completion bash|zsh|fish|powershell"},
	{"completion bash zsh", `unknown shell "bash zsh": razebulk completion bash|zsh|fish|powershell`},
	{"help updat", `unknown command "updat"; did you mean update?`},
	{"sandbox --listen bad", "--listen bad: not an address to listen on, such as 127.0.0.1:8080: missing port in address"},
	{"sandbox --listen bad --lang pt-BR", "--listen bad: não é um endereço deste computador, como 127.0.0.1:8080: falta a porta"},
	{"sandbox --dialect x", "--dialect x: say documented or observed"},
	{"sandbox --ignore-fields foo", "--ignore-fields foo: no such field; there are name, email, phone, company, position, deal_value, deal_currency, notes, responsible_user_id"},
	{"sandbox --quota 0", "--quota must be 1 or more, and --window 1s or more"},
	{"sandbox --error-500 2", "--error-500 2: a share of requests must be 0 to 1"},
	{"sandbox --window 1", `--window "1": not a duration, such as 30s, 5m or 24h`},
	{"export --for word", `--for: unknown format "word": say excel-br, excel-us or sheets`},
}

// librarysHelp matches text of the help that cobra would print.
var librarysHelp = regexp.MustCompile(`Available Commands|help for |version for |\[command\]|about any command|about a command|autocompletion`)

var foreignWords = regexp.MustCompile(`strconv|time: |invalid argument|accepts |if any flags|shorthand|panic`)

func TestWrongCommandLinesSayWhatToDo(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{
		"deals.csv": "id,notes\n265e24ec-3bc8-4820-b65f-89a69d7babe4,x\n",
		"other.csv": strings.Repeat("id,notes\n", 300),
	} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	here, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range wrongLines {
		var out, talk bytes.Buffer
		code := Run(shellWords(c.line), strings.NewReader(""), &out, &talk)
		lines := strings.Split(strings.TrimSpace(talk.String()), "\n")
		want := "razebulk: " + strings.ReplaceAll(c.want, "$PWD", here)
		if got := lines[len(lines)-1]; got != want || code != exitUsage || out.Len() > 0 {
			t.Errorf("%q: exit %d\n got %s\nwant %s", c.line, code, talk.String(), want)
		}
		if foreign := foreignWords.FindString(talk.String()); foreign != "" {
			t.Errorf("%q: says %q", c.line, foreign)
		}
	}
	if text, err := os.ReadFile("other.csv"); err != nil || !strings.HasPrefix(string(text), "id,notes\n") {
		t.Errorf("a file that is no state file is now %q, %v", text, err)
	}
}

// shellWords splits a line as a shell would, but only knows single quotes.
func shellWords(line string) (args []string) {
	for i, part := range strings.Split(line, "'") {
		if i%2 == 1 {
			args = append(args, part)
		} else {
			args = append(args, strings.Fields(part)...)
		}
	}
	return args
}

func TestHelpAndVersionAreNoMistakes(t *testing.T) {
	for _, line := range []string{"", "--help", "--version", "version", "update --help", "help update", "help help", "version --help",
		"completion --help", "completion bash", "completion zsh", "completion fish", "completion powershell"} {
		var out, talk bytes.Buffer
		if code := Run(shellWords(line), strings.NewReader(""), &out, &talk); code != 0 || out.Len() == 0 || talk.Len() > 0 {
			t.Errorf("%q: exit %d, %q", line, code, talk.String())
		}
		if foreign := librarysHelp.FindString(out.String()); foreign != "" && !strings.HasSuffix(line, "sh") && !strings.HasSuffix(line, "shell") {
			t.Errorf("%q: says %q", line, foreign)
		}
	}
}
