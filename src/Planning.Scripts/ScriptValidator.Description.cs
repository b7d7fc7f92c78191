using Planning.Engine.Gates;

namespace Planning.Scripts;

public sealed partial class ScriptValidator
{
    public ValidatorDescription Description { get; } = new(
        "A program of your own finds nothing wrong.",
        [
            "It reads the plan and its artifacts as JSON and writes findings as JSON; [script-validators.md](../script-validators.md) tells how, and how it is kept apart.",
            "Whatever it does else is a failure, with what it said last, and never counts as a pass. A program that fails too often is not run for a while.",
        ],
        [
            new(OwnRule, "error, warning or info, as the program says", "What the program found. `<name>` is the name of the entry in `gates.yaml`, `<rule>` the program's own word."),
            new(IncompleteIsolationRule, "info", "The program ran less apart than it should, because the server was told to allow that."),
        ]);
}
