using System.Text.RegularExpressions;

namespace Rollouts.Sandbox.ApiServer.Selecting;

/// <summary>What may be a label's key or value; annotations have keys of the same form.</summary>
internal static partial class LabelSyntax
{
    /// <returns>What is wrong, or null.</returns>
    public static string? CheckKey(string key)
    {
        string[] parts = key.Split('/');
        if (parts.Length > 2)
            return $"Invalid value: \"{key}\": a qualified name must consist of alphanumeric characters, '-', '_' or '.', with an optional prefix";
        if (parts.Length == 2 && (parts[0].Length is 0 or > 253 || !Subdomain().IsMatch(parts[0])))
            return $"Invalid value: \"{key}\": prefix part a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.'";
        if (parts[^1].Length is 0 or > 63)
            return $"Invalid value: \"{key}\": name part must be no more than 63 characters";
        return Word().IsMatch(parts[^1]) ? null
            : $"Invalid value: \"{key}\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
    }

    /// <returns>What is wrong, or null.</returns>
    public static string? CheckValue(string value) =>
        value.Length > 63 ? $"Invalid value: \"{value}\": must be no more than 63 characters"
        : value.Length == 0 || Word().IsMatch(value) ? null
        : $"Invalid value: \"{value}\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";

    [GeneratedRegex(@"\A[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?\z")]
    private static partial Regex Word();

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex Subdomain();
}
