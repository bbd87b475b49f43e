using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Rollouts.Sandbox.ApiServer.Schemas.Structural;

internal static class ScalarValidation
{
    // Patterns of a definition are few and come again with every object.
    private static readonly TimeSpan PatternLimit = TimeSpan.FromSeconds(1);

    public static IEnumerable<StatusCause> Validate(JsonValue value, Structure schema, string path)
    {
        if (Numbers.TryRead(value, out var number))
            return OfNumber(value, number, schema, path);
        return value.GetValueKind() == JsonValueKind.String ? OfText(value.GetValue<string>(), schema, path) : [];
    }

    private static IEnumerable<StatusCause> OfNumber(JsonValue value, decimal number, Structure schema, string path)
    {
        StatusCause Should(string detail) => Fault.Invalid(path, Fault.Text(value), $"{path} in body should be {detail}");

        if (schema.Number("minimum") is { } least)
        {
            if (schema.Is("exclusiveMinimum") && number <= least)
                yield return Should($"greater than {Numbers.Text(least)}");
            else if (number < least)
                yield return Should($"greater than or equal to {Numbers.Text(least)}");
        }

        if (schema.Number("maximum") is { } most)
        {
            if (schema.Is("exclusiveMaximum") && number >= most)
                yield return Should($"less than {Numbers.Text(most)}");
            else if (number > most)
                yield return Should($"less than or equal to {Numbers.Text(most)}");
        }

        if (schema.Number("multipleOf") is { } factor && factor != 0 && number % factor != 0)
            yield return Should($"a multiple of {Numbers.Text(factor)}");
    }

    private static IEnumerable<StatusCause> OfText(string text, Structure schema, string path)
    {
        var quoted = Fault.Text(JsonValue.Create(text));
        var length = text.EnumerateRunes().Count();
        if (schema.Number("maxLength") is { } most && length > most)
            yield return Fault.TooLong(path, most);
        if (schema.Number("minLength") is { } least && length < least)
            yield return Fault.Invalid(path, quoted, $"{path} in body should be at least {Numbers.Text(least)} chars long");
        if (schema.Word("pattern") is { } pattern && !Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant, PatternLimit))
            yield return Fault.Invalid(path, quoted, $"{path} in body should match '{pattern}'");
        if (schema.Word("format") is { } format && !Formats.Fits(text, format))
            yield return Fault.Type(path, format, quoted);
    }
}
