namespace Rollouts.Sandbox.ApiServer.Writing;

/// <summary>What the server makes up: uids and the ends of generated names, the same for the same seed and order.</summary>
internal sealed class Identities(int seed)
{
    // No vowels and no 0, 1, 3: upstream keeps generated names from spelling words.
    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";

    private readonly Random random = new(seed);
    private readonly Lock gate = new();

    public string Uid()
    {
        Span<byte> bytes = stackalloc byte[16];
        lock (gate)
            random.NextBytes(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }

    /// <summary>A name of at most 63 characters that begins with the prefix and ends in five made-up ones.</summary>
    public string Name(string prefix)
    {
        lock (gate)
            return (prefix.Length > 58 ? prefix[..58] : prefix) + new string(random.GetItems(Alphabet.AsSpan(), 5));
    }

    public int Next(int below)
    {
        lock (gate)
            return random.Next(below);
    }
}
