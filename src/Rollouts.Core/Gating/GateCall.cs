using Rollouts.Model;
using Rollouts.Model.Analysis;
using Rollouts.Model.Status;

namespace Rollouts.Core.Gating;

/// <summary>A webhook that has to be called now, with what is sent to it.</summary>
/// <param name="Key">
/// Of the question, not of the attempt: run, step and number. One question is answered once, however often it was sent, so a receiver may
/// drop repetitions by it.
/// </param>
/// <param name="Phase">The phase as Flagger's payload has it.</param>
/// <param name="Revision">The revision that is asked about.</param>
/// <param name="Checksum">Changes with the revision or a tracked ConfigMap or Secret.</param>
/// <param name="Split">The present split.</param>
public sealed record GateCall(HookSpec Hook, string Key, Phase Phase, string Revision, string Checksum, Split Split, int FailedChecks);
