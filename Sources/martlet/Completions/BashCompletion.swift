/// Completions for bash, made from the command table.
enum BashCompletion {
    static var script: String {
        """
        # bash completion for martlet
        _martlet() {
            local cur prev words cword word cmd="" count=0
            COMPREPLY=()
            cur="${COMP_WORDS[COMP_CWORD]}"
            prev="${COMP_WORDS[COMP_CWORD-1]}"
            local i
            for ((i = 1; i < COMP_CWORD; i++)); do
                word="${COMP_WORDS[i]}"
                case "$word" in
        \(valueOptions.joined(separator: "|"))) ((i++)) ;;
                -*) ;;
        \(groups.joined(separator: "|"))) [[ $count -eq 0 ]] && cmd="$word" && count=1 || ((count++)) ;;
                *) if [[ $count -eq 0 ]]; then cmd="$word"; count=2;
                   elif [[ $count -eq 1 ]]; then cmd="$cmd $word"; count=2; fi ;;
                esac
            done
            case "$cmd:$prev" in
        \(valueCases)    esac
            if [[ "$cur" == -* ]]; then
                case "$cmd" in
        \(optionCases)        *) COMPREPLY=($(compgen -W "\(CommandTable.global.flatMap(words).joined(separator: " "))" -- "$cur")) ;;
                esac
                return
            fi
            case "$cmd" in
            "") COMPREPLY=($(compgen -W "\(CommandTable.firstWords.joined(separator: " "))" -- "$cur")) ;;
        \(operandCases)    esac
        }
        complete -o filenames -F _martlet martlet

        """
    }

    private static var groups: [String] {
        CommandTable.firstWords.filter { !CommandTable.subcommands(of: $0).isEmpty }
    }

    private static var valueOptions: [String] {
        var seen: Set<String> = []
        return CommandTable.commands.flatMap(\.allOptions).filter { $0.value != nil }.flatMap(words).filter {
            seen.insert($0).inserted
        }
    }

    private static func words(_ option: OptionSpec) -> [String] {
        (option.short.map { ["-\($0)"] } ?? []) + ["--\(option.name)"]
    }

    private static var valueCases: String {
        var text = ""
        for command in CommandTable.commands {
            for option in command.options where option.value != nil {
                text += valueCase(words(option).map { "\"\(command.name):\($0)\"" }, option)
            }
        }
        for option in CommandTable.global where option.value != nil {
            text += valueCase(words(option).map { "*:\($0)" }, option)
        }
        return text
    }

    private static func valueCase(_ patterns: [String], _ option: OptionSpec) -> String {
        let action =
            if !option.choices.isEmpty {
                "COMPREPLY=($(compgen -W \"\(option.choices.joined(separator: " "))\" -- \"$cur\"))"
            } else if option.completion == .none {
                ":"
            } else {
                "COMPREPLY=($(compgen -\(option.completion == .directory ? "d" : "f") -- \"$cur\"))"
            }
        return "    \(patterns.joined(separator: "|"))) \(action); return ;;\n"
    }

    private static var optionCases: String {
        CommandTable.commands.map { command in
            let names = command.allOptions.flatMap(words).joined(separator: " ")
            return "        \"\(command.name)\") COMPREPLY=($(compgen -W \"\(names)\" -- \"$cur\")) ;;\n"
        }.joined()
    }

    private static var operandCases: String {
        var text = groups.map { word in
            let names = CommandTable.subcommands(of: word).compactMap(\.path.last).joined(separator: " ")
            return "    \"\(word)\") COMPREPLY=($(compgen -W \"\(names)\" -- \"$cur\")) ;;\n"
        }.joined()
        for command in CommandTable.commands {
            switch command.operand {
            case .file: text += "    \"\(command.name)\") COMPREPLY=($(compgen -f -- \"$cur\")) ;;\n"
            case .choices(let choices):
                let list = choices.joined(separator: " ")
                text += "    \"\(command.name)\") COMPREPLY=($(compgen -W \"\(list)\" -- \"$cur\")) ;;\n"
            case .none, .text: break
            }
        }
        return text
    }
}
