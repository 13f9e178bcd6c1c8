package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"parley/bot"
	"parley/bot/terminal"
	"parley/store"
)

// oneLine is typed text as it may be shown on a terminal.
func oneLine(text string) string { return terminal.Printable(text) }

func rolesCommand() command {
	cmd := command{
		name:    "roles",
		args:    "[PLATFORM TEAM SUBJECT ROLE]",
		summary: "lists who may do more than ask, or gives a person or group a role",
		examples: `
parley roles
parley roles slack T024BE7LD U061F7AUR editor
parley roles discord 81384788765712384 41771983423143936 none`,
	}
	cmd.run = func(ctx context.Context, args []string, env environment) (int, error) {
		fs := cmd.flags(env)
		path, err := parseDatabase(fs, args, env)
		if err != nil {
			return 0, err
		}
		if n := fs.NArg(); n != 0 && n != 4 {
			return 0, usageError("Name the platform, the team, the person or group by its id, and the role: reader, curator, editor or none.")
		}
		role := store.Role(fs.Arg(3))
		if role == "none" {
			role = ""
		} else if fs.NArg() > 0 && !slices.Contains([]store.Role{store.Reader, store.Curator, store.Editor}, role) {
			return 0, usageError("There is no role %q: it is reader, curator, editor or none.", role)
		}
		return withStore(ctx, path, env, func(db *store.Store) error {
			if fs.NArg() > 0 {
				return db.SetRole(ctx, store.Grant{Platform: fs.Arg(0), Team: fs.Arg(1), Subject: fs.Arg(2), Role: role})
			}
			grants, err := db.Roles(ctx, "", "")
			for _, g := range grants {
				fmt.Fprintf(env.stdout, "%s %s %s %s\n", g.Platform, g.Team, g.Subject, g.Role)
			}
			if err == nil && len(grants) == 0 {
				fmt.Fprintln(env.stdout, "Nobody has a role; everybody may ask.")
			}
			return err
		})
	}
	return cmd
}

func settingsCommand() command {
	cmd := command{
		name:    "settings",
		args:    "[PLATFORM TEAM [NAME=VALUE...]]",
		summary: "lists how Parley behaves in a place, or changes it",
		examples: `
parley settings
parley settings slack T024BE7LD public=true cooldown=5
parley settings --channel C0123 slack T024BE7LD follow_ups=true idle=300
parley settings slack T024BE7LD ask=reader channels=C0123,C0456`,
	}
	cmd.run = func(ctx context.Context, args []string, env environment) (int, error) {
		fs := cmd.flags(env)
		channel := fs.String("channel", "", "the `CHANNEL` that it is about; without it the whole team")
		path, err := parseDatabase(fs, args, env)
		if err != nil {
			return 0, err
		}
		if fs.NArg() == 1 {
			return 0, usageError("Name the platform and the team.")
		}
		return withStore(ctx, path, env, func(db *store.Store) error {
			if fs.NArg() > 2 {
				return changeSettings(ctx, db, store.Setting{Platform: fs.Arg(0), Team: fs.Arg(1), Channel: *channel}, fs.Args()[2:])
			}
			return listSettings(ctx, db, fs.Args(), env)
		})
	}
	return cmd
}

func listSettings(ctx context.Context, db *store.Store, of []string, env environment) error {
	all, err := db.Settings(ctx)
	if err != nil {
		return err
	}
	shown := 0
	for _, v := range all {
		if len(of) == 2 && (v.Platform != of[0] || v.Team != of[1]) {
			continue
		}
		shown++
		place := v.Team
		if v.Channel != "" {
			place += "/" + v.Channel
		}
		fmt.Fprintf(env.stdout, "%s %s %s\n", v.Platform, place, v.Body)
	}
	if shown == 0 {
		fmt.Fprintln(env.stdout, "Nothing is set: everybody may ask, commands are answered to the asker alone, and\nnothing is said unasked.")
	}
	return nil
}

// changeSettings changes some values of the setting of one place, and leaves the others as they are.
func changeSettings(ctx context.Context, db *store.Store, place store.Setting, changes []string) error {
	values := map[string]any{}
	all, err := db.Settings(ctx)
	if err != nil {
		return err
	}
	for _, v := range all {
		if v.Platform == place.Platform && v.Team == place.Team && v.Channel == place.Channel {
			if err := json.Unmarshal(v.Body, &values); err != nil {
				return fmt.Errorf("read the settings of %s: %w", v.Team, err)
			}
		}
	}
	for _, change := range changes {
		name, value, ok := strings.Cut(change, "=")
		if !ok {
			return usageError("%q is not of the form NAME=VALUE.", change)
		}
		switch {
		case name == "channels" && value != "":
			values[name] = strings.Split(value, ",")
		case value == "":
			delete(values, name)
		case json.Valid([]byte(value)):
			values[name] = json.RawMessage(value)
		default:
			values[name] = value
		}
	}
	body, err := json.Marshal(values)
	if err != nil {
		return fmt.Errorf("write the settings: %w", err)
	}
	var s bot.Settings
	strict := json.NewDecoder(bytes.NewReader(body))
	strict.DisallowUnknownFields()
	if err := strict.Decode(&s); err != nil {
		return usageError("These settings cannot be: %v. There are ask, channels, public, follow_ups, idle and cooldown.", err)
	}
	if problems := s.Validate(); len(problems) > 0 {
		return usageError("%s", strings.Join(problems, " "))
	}
	if place.Body, err = json.Marshal(s); err != nil {
		return fmt.Errorf("write the settings: %w", err)
	}
	return db.SetSetting(ctx, place)
}
