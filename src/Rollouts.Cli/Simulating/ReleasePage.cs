using System.Globalization;
using System.Text.Json.Nodes;
using Rollouts.Cli.Viewing;
using Rollouts.Model.Status;
using Rollouts.Simulation.Releasing;
using Spectre.Console;

namespace Rollouts.Cli.Simulating;

/// <summary>A simulated release for people and for scripts.</summary>
internal static class ReleasePage
{
    public static void Write(IAnsiConsole console, ReleaseReport report)
    {
        foreach (var (after, status) in Changes(report))
            console.Line(string.Create(CultureInfo.InvariantCulture, $"{after.TotalSeconds,6:0.0} {StatusLine.Of(status)}"));
        console.Line(Summary(report));
    }

    public static JsonObject Json(ReleaseReport report) => new()
    {
        ["ending"] = char.ToLowerInvariant($"{report.Ending}"[0]) + $"{report.Ending}"[1..],
        ["seconds"] = report.Took.TotalSeconds,
        ["requests"] = report.Requests,
        ["failedRequests"] = report.FailedRequests,
        ["timeline"] = new JsonArray([.. Changes(report).Select(JsonNode (moment) => new JsonObject
        {
            ["seconds"] = moment.After.TotalSeconds,
            ["phase"] = moment.Status.Phase.ToString(),
            ["canaryWeight"] = moment.Status.CanaryWeight.Percent,
            ["step"] = moment.Status.StepProgress,
            ["message"] = moment.Status.Message,
        })]),
    };

    private static string Summary(ReleaseReport report)
    {
        var end = report.Ending switch
        {
            ReleaseEnding.Promoted => "Promoted",
            ReleaseEnding.RolledBack => "Rolled back",
            ReleaseEnding.Waits => "Waits, and will not go on by itself,",
        };
        var share = report.Requests == 0 ? 0 : 100.0 * report.FailedRequests / report.Requests;
        return string.Create(CultureInfo.InvariantCulture, $"{end} after {report.Took.TotalSeconds:0.0} s; {report.Requests} requests, {report.FailedRequests} failed ({share:0.##}%)");
    }

    /// <summary>One for each change that is seen.</summary>
    private static IEnumerable<(TimeSpan After, CanaryStatus Status)> Changes(ReleaseReport report)
    {
        var last = "";
        foreach (var moment in report.Timeline)
        {
            if (StatusLine.Of(moment.Status) is var line && line == last)
                continue;
            last = line;
            yield return moment;
        }
    }
}
