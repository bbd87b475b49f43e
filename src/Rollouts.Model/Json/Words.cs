namespace Rollouts.Model.Json;

/// <summary>How the members of an enum are written in manifests.</summary>
internal static class Words
{
    /// <summary>As it is: <c>WaitingPromotion</c>.</summary>
    public static string Pascal<T>(T value) where T : struct, Enum => value.ToString();

    /// <summary>With a small first letter: <c>rollback</c>.</summary>
    public static string Camel<T>(T value) where T : struct, Enum
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    /// <summary>In small letters with dashes: <c>pre-rollout</c>.</summary>
    public static string Kebab<T>(T value) where T : struct, Enum =>
        string.Concat(value.ToString().Select((letter, index) => char.IsUpper(letter) ? $"{(index > 0 ? "-" : "")}{char.ToLowerInvariant(letter)}" : $"{letter}"));

    /// <summary>In capitals: <c>PASS</c>.</summary>
    public static string Upper<T>(T value) where T : struct, Enum => value.ToString().ToUpperInvariant();
}
