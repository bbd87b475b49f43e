using System.Globalization;
using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads.Apps;

namespace Rollouts.Sandbox.Workloads.Kubelets;

/// <summary>What a pod's annotations and environment say about its life.</summary>
/// <param name="ReadyAfter">How long after its start it is ready, if it ever is.</param>
/// <param name="LastWords">What its containers write before they crash.</param>
/// <param name="Behavior">How it answers requests; null where it never gets to that.</param>
internal sealed record PodPlan(PodOutcome Outcome, TimeSpan ReadyAfter, string LastWords, AppBehavior? Behavior)
{
    public const string OutcomeAnnotation = "fake-kubelet/outcome";
    public const string ReadyAfterAnnotation = "fake-kubelet/ready-after";

    /// <summary>A pod whose settings cannot be read crashes with the reason, as a program would.</summary>
    public static PodPlan Of(JsonObject pod, TimeSpan readyAfter)
    {
        try
        {
            PodOutcome outcome = Outcomes(pod.TextAt("metadata", "annotations", OutcomeAnnotation));
            AppBehavior behavior = AppBehavior.Of(pod);
            string? after = pod.TextAt("metadata", "annotations", ReadyAfterAnnotation);
            return outcome switch
            {
                PodOutcome.Ready or PodOutcome.NeverReady =>
                    new(outcome, after is null ? readyAfter : Seconds(after), "", behavior),
                PodOutcome.Crash => new(outcome, readyAfter, $"panic: {OutcomeAnnotation} is crash", null),
                PodOutcome.ImagePull => new(outcome, readyAfter, "", null),
            };
        }
        catch (FormatException wrong)
        {
            return new(PodOutcome.Crash, readyAfter, $"panic: {wrong.Message}", null);
        }
    }

    private static PodOutcome Outcomes(string? text) => text switch
    {
        null or "ready" => PodOutcome.Ready,
        "never-ready" => PodOutcome.NeverReady,
        "crash" => PodOutcome.Crash,
        "image-pull" => PodOutcome.ImagePull,
        _ => throw new FormatException($"{OutcomeAnnotation}: \"{text}\" is none of ready, never-ready, crash, image-pull"),
    };

    private static TimeSpan Seconds(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) && seconds < 1e9
            ? TimeSpan.FromSeconds(seconds)
            : throw new FormatException($"{ReadyAfterAnnotation}: \"{text}\" is no number of seconds, as in \"2.5\"");
}
