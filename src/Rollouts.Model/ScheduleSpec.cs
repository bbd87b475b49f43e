using Rollouts.Model.Json;

namespace Rollouts.Model;

/// <summary>When a run may start and move forward. Abort and rollback are always allowed.</summary>
public sealed record ScheduleSpec
{
    /// <summary>IANA name of the time zone in which windows are read.</summary>
    public string TimeZone { get; init; } = Defaults.TimeZone;

    /// <summary>Five-field cron expressions of the minutes that are open, any of which is enough; empty: all minutes.</summary>
    public EquatableList<string> Windows { get; init; } = [];

    /// <summary>Stretches of time that are closed, whatever the windows say.</summary>
    public EquatableList<Freeze> Freezes { get; init; } = [];

    internal static ScheduleSpec? Read(JsonCursor json) =>
        json.Exists
            ? new ScheduleSpec
            {
                TimeZone = json.Text("timeZone") ?? Defaults.TimeZone,
                Windows = json.Texts("windows"),
                Freezes = json.List("freezes", item => Freeze.Read(new JsonCursor(item))),
            }
            : null;
}
