package cli

import (
	"context"
	"io"
	"log/slog"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"razebulk/internal/cli/internal/console"
	"razebulk/internal/cli/internal/flagset"
	"razebulk/internal/cli/internal/login"
	"razebulk/internal/cli/internal/logs"
	"razebulk/internal/cli/internal/message"
	"razebulk/internal/cli/internal/reporting"
	"razebulk/internal/cli/internal/settings"
	"razebulk/internal/cli/internal/signals"
	"razebulk/internal/config"
	"razebulk/internal/getraze"
	"razebulk/internal/words"
)

// invocation is one call of the program.
type invocation struct {
	id       string // in each line of its log, its summary and the history
	settings *config.Settings
}

type invocationKey struct{}

func newInvocation() context.Context {
	one := &invocation{id: reporting.NewID(), settings: &config.Settings{}}
	return context.WithValue(context.Background(), invocationKey{}, one)
}

func invocationOf(cmd *cobra.Command) *invocation {
	return cmd.Context().Value(invocationKey{}).(*invocation)
}

// settingsOf returns the settings of a running command.
func settingsOf(cmd *cobra.Command) *config.Settings { return invocationOf(cmd).settings }

// knownSettings returns the flags of all commands, none of them set.
func knownSettings() *pflag.FlagSet { return settings.Known(newRoot()) }

// applySettings sets the flags of a command from files and the environment, except those on the command line.
func applySettings(cmd *cobra.Command, args []string) error {
	if cmd.Flags().Lookup("config") == nil {
		return nil
	}
	s, err := settings.Apply(cmd, args, knownSettings())
	w := words.For(nil).In(talkWords(cmd).Language())
	if err != nil {
		return message.Explained{Err: err, Text: message.Of(w, err)}
	}
	invocationOf(cmd).settings = s
	talk := console.New(nil, nil, cmd.ErrOrStderr(), false, isSet(cmd, "quiet"), false)
	talk.Logger, talk.Words = logOf(cmd, cmd.ErrOrStderr()), w
	for _, warning := range slices.Concat(s.Warnings, settings.Empty(cmd, s)) {
		talk.WarnText(message.OfReason(w, warning))
	}
	for _, note := range settings.InForce(cmd, s) {
		talk.SayText(message.OfReason(w, note))
	}
	return nil
}

func isSet(cmd *cobra.Command, flag string) bool {
	f := cmd.Flags().Lookup(flag)
	return f != nil && f.Value.String() == "true"
}

// logFlag is the name of the flag for a log instead of messages.
const logFlag = "log-format"

// logOf returns the log that the command was asked for; nil for none.
func logOf(cmd *cobra.Command, out io.Writer) *slog.Logger {
	flag := cmd.Flags().Lookup(logFlag)
	if flag == nil || flag.Value.String() == "" {
		return nil
	}
	return logs.New(out, flag.Value.String(), invocationOf(cmd).id, isSet(cmd, "quiet"), isSet(cmd, "verbose"))
}

// talkWords returns texts that name only flags that the command has. A log is in English, and shows no cells unless
// details are asked for.
func talkWords(cmd *cobra.Command) *words.Words {
	w := (&command{cmd: cmd}).words()
	flag := cmd.Flags().Lookup(logFlag)
	switch {
	case flag == nil || flag.Value.String() == "":
		return w
	case isSet(cmd, "verbose"):
		return w.In(words.English)
	}
	return w.In(words.English).WithoutCells()
}

func newConfig() *cobra.Command {
	define := func(cmd *cobra.Command) { (&flagset.Groups{}).AddTo(cmd) }
	return settings.NewCommand(knownSettings, define, settingsOf)
}

func newLogin() *cobra.Command { return withAddress(login.In(interruptible)) }

func newLogout() *cobra.Command { return withAddress(login.Out(interruptible)) }

func interruptible() (ctx context.Context, release func()) {
	ctx, _, release = signals.OnInterrupt(func() {})
	return ctx, release
}

// withAddress gives a command the flag for the API's address.
func withAddress(cmd *cobra.Command, address *string) *cobra.Command {
	g := &flagset.Groups{}
	g.Of(flagset.Access).StringVar(address, "base-url", getraze.DefaultBaseURL, "where the API is (also GETRAZE_BASE_URL)")
	g.AddTo(cmd)
	return cmd
}
