using Rollouts.Model.Json;
using Rollouts.Model.Schemas;

namespace Rollouts.Model;

/// <summary>The shape of <c>spec.schedule</c>.</summary>
internal static class ScheduleSchema
{
    public static ObjectSchema Schedule { get; } = new("Minutes in which a run may start and move forward; abort and rollback are always allowed.")
    {
        Fields = new()
        {
            ["timeZone"] = new TextSchema("IANA time zone of windows, for example Europe/Berlin; default UTC.")
            {
                MinLength = 1,
                MaxLength = 64,
                // The files beside the zones (localtime, posixrules) have small letters, and a path could lead elsewhere.
                Pattern = "^[A-Z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$",
                PatternMeans = "an IANA time zone such as Europe/Berlin",
                Reading = name => TimeZoneText.Fault(name, zone => TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)),
            },
            ["windows"] = new ListSchema(
                "Five-field cron expressions of the minutes that are open; default: always.",
                new TextSchema("One cron expression, for example * 9-17 * * 1-5.") { MinLength = 1, MaxLength = 200, Reading = CronText.Fault },
                50),
            ["freezes"] = new ListSchema("Stretches of time that are closed, whatever the windows say.", Freeze, 100),
        },
    };

    private static ObjectSchema Freeze => new("One stretch of time that is closed.")
    {
        Required = ["from", "to"],
        Fields = new()
        {
            ["from"] = TextSchema.Time("Its first moment, RFC 3339."),
            ["to"] = TextSchema.Time("Its end, RFC 3339."),
            ["reason"] = new TextSchema("Why, shown while it holds a run.") { MaxLength = 1024 },
        },
        Rules =
        [
            Rule.Of(
                "self.from < self.to",
                "must end after it begins: mend from or to",
                freeze => !(new JsonCursor(freeze).Time("from") >= new JsonCursor(freeze).Time("to"))),
        ],
    };
}
