namespace Rollouts.Controller.Tests.Traces;

/// <summary>What a trace came to here, in the fields of the recording, and what the status said last.</summary>
internal sealed record TraceOutcome(IReadOnlyDictionary<string, string> Fields, string? Message);
