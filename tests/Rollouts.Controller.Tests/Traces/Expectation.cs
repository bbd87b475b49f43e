namespace Rollouts.Controller.Tests.Traces;

/// <summary>What a trace has to come to here: what was recorded, but for the differences that are made on purpose.</summary>
/// <param name="OpenBecause">Why the trace is not met yet; null where it has to be.</param>
internal sealed record Expectation(IReadOnlyDictionary<string, string> Fields, string? OpenBecause)
{
    public static Expectation Of(Trace trace)
    {
        var fields = new Dictionary<string, string>(trace.Recorded);
        foreach (var difference in Difference.All.Where(difference => difference.Trace == trace.Name))
            fields[difference.Field] = difference.Rollouts;
        return new Expectation(fields, OpenTraces.All.GetValueOrDefault(trace.Name));
    }

    public bool IsOpen => OpenBecause is not null;

    /// <summary>Every field that came out otherwise, as a line to read.</summary>
    public IReadOnlyList<string> Deviations(IReadOnlyDictionary<string, string> outcome) =>
    [
        .. Fields.Where(field => outcome.GetValueOrDefault(field.Key) != field.Value)
            .Select(field => $"{field.Key} is «{outcome.GetValueOrDefault(field.Key)}», not «{field.Value}»"),
    ];
}
