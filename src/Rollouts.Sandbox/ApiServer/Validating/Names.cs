using System.Text.RegularExpressions;

namespace Rollouts.Sandbox.ApiServer.Validating;

/// <summary>The forms of names: each function says what is wrong, or null.</summary>
internal static partial class Names
{
    public static string? Subdomain(string name) => TooLong(name, 253) ?? (SubdomainForm().IsMatch(name) ? null
        : "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character");

    public static string? Label(string name) => TooLong(name, 63) ?? (LabelForm().IsMatch(name) ? null
        : "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character");

    public static string? StrictLabel(string name) => TooLong(name, 63) ?? (StrictLabelForm().IsMatch(name) ? null
        : "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character");

    /// <summary>The name of a port: letters, digits and single dashes, at least one letter, 15 characters at most.</summary>
    public static string? Port(string name) =>
        !PortForm().IsMatch(name) ? "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)"
        : name.Length is 0 or > 15 ? "must be no more than 15 characters"
        : !name.Any(char.IsAsciiLetter) ? "must contain at least one letter (a-z)"
        : null;

    /// <summary>A key of a ConfigMap's or Secret's data.</summary>
    public static string? ConfigKey(string key) => TooLong(key, 253) ?? (ConfigKeyForm().IsMatch(key) ? null
        : "a valid config key must consist of alphanumeric characters, '-', '_' or '.'");

    public static string? PathSegment(string name) => name is "." or ".." ? $"may not be '{name}'"
        : name.Contains('/') ? "may not contain '/'"
        : name.Contains('%') ? "may not contain '%'"
        : null;

    private static string? TooLong(string name, int longest) => name.Length > longest ? $"must be no more than {longest} characters" : null;

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex SubdomainForm();

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex LabelForm();

    [GeneratedRegex(@"\A[a-z]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex StrictLabelForm();

    [GeneratedRegex(@"\A(?!-)(?!.*--)[-a-z0-9]+(?<!-)\z")]
    private static partial Regex PortForm();

    [GeneratedRegex(@"\A[-._a-zA-Z0-9]+\z")]
    private static partial Regex ConfigKeyForm();
}
