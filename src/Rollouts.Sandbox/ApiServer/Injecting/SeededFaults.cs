using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Rollouts.Sandbox.ApiServer.Injecting;

/// <summary>
/// Lets a share of the requests go wrong. The draw for the n-th request of a method for a path depends on the seed and these three
/// alone: with the same seed the same ones go wrong, in whatever order those of several callers come in.
/// </summary>
/// <param name="share">0: none; 1: all.</param>
/// <param name="faults">What may go wrong, each as likely as the others; at least one.</param>
public sealed class SeededFaults(int seed, double share, params IReadOnlyList<RequestFault> faults) : IRequestFaults
{
    private readonly ConcurrentDictionary<(string Method, string Path), int> asked = new();

    /// <summary>Which requests may go wrong; the others are not counted.</summary>
    public Func<ApiRequest, bool> Among { get; init; } = _ => true;

    public RequestFault? For(ApiRequest request)
    {
        if (!Among(request))
            return null;
        int turn = asked.AddOrUpdate((request.Method, request.Path), 1, (_, before) => before + 1);
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{seed} {request.Method} {request.Path} {turn}"));
        var draw = new Random(BinaryPrimitives.ReadInt32LittleEndian(hash));
        return draw.NextDouble() < share ? faults[draw.Next(faults.Count)] : null;
    }
}
