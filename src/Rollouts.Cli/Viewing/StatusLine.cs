using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Cli.Viewing;

/// <summary>A status in one line, for files, pipes and CI.</summary>
internal static class StatusLine
{
    public static string Of(CanaryStatus status)
    {
        var step = status.Run is { } run ? $"step {run.Step}/{run.StepProgram.Count} " : "";
        return $"  {status.Phase,-16} {new Split(status.CanaryWeight),-6} {step}{status.Message}";
    }
}
