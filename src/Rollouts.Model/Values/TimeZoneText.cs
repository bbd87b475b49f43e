namespace Rollouts.Model;

/// <summary>Names of time zones, which only the machine's own tzdata can tell from other words.</summary>
internal static class TimeZoneText
{
    /// <summary>Null where <paramref name="known"/> knows <paramref name="name"/>, else what is wrong and the mend.</summary>
    public static string? Fault(string name, Func<string, bool> known) =>
        known(name) ? null
        // An image without tzdata knows UTC alone, and a user would search the manifest for a spelling mistake.
        : known("Europe/Berlin") ? $"must be an IANA time zone such as Europe/Berlin, but \"{name}\" is not known here: check its spelling"
        : $"cannot be \"{name}\", because no time zones are installed where this runs: install the package tzdata there, or use UTC";
}
