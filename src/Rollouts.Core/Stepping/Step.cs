using Rollouts.Core.Routing;
using Rollouts.Model.Analysis;

namespace Rollouts.Core.Stepping;

/// <summary>One step of a run's program, whichever strategy it comes from.</summary>
/// <param name="Content">What it is, as <c>status.run.stepProgram</c> shows it; a run holds its place by this.</param>
/// <param name="Traffic">Where requests go from its beginning on.</param>
/// <param name="Scale">How many pods the candidate has; null: as many as the primary had.</param>
/// <param name="End">What ends it.</param>
public sealed record Step(string Content, Traffic Traffic, CanaryScale? Scale, StepEnd End);
