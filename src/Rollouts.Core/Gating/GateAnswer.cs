namespace Rollouts.Core.Gating;

/// <summary>What a webhook answered, or that it could not be reached.</summary>
/// <param name="Key">Of the <see cref="GateCall"/> that this answers.</param>
/// <param name="Yes">Any 2xx.</param>
/// <param name="Sentence">The answer in one sentence, with the status and the beginning of the body; no header and no secret.</param>
public sealed record GateAnswer(string Name, string Key, bool Yes, string Sentence);
