using System.Text;
using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.Workloads.Objects;

/// <summary>Names for pod templates: short, stable, and of letters that make no words, as Kubernetes forms them.</summary>
internal static class TemplateHash
{
    // Without vowels and without 0, 1 and 3, so that no name becomes offensive: upstream's rand.SafeEncodeString.
    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";

    /// <param name="collisions">How often the name was found taken by another template.</param>
    public static string Of(JsonNode template, long collisions = 0)
    {
        string text = CanonicalJson.Of(template) + (collisions == 0 ? "" : $"#{collisions}");
        return string.Concat(Fnv(text).ToString().Select(digit => Alphabet[digit % Alphabet.Length]));
    }

    /// <summary>FNV-1a in 32 bits.</summary>
    public static uint Fnv(string text)
    {
        uint hash = 2166136261;
        foreach (byte octet in Encoding.UTF8.GetBytes(text))
            hash = (hash ^ octet) * 16777619;
        return hash;
    }
}
