namespace Rollouts.Controller.Tests.Crashing;

/// <summary>A release as it is seen from outside: the routes that users met, the steps it went through, and its end.</summary>
internal sealed record Story(string Routes, string Places, string Primary, string Outcomes, int TargetReplicas);
