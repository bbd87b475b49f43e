using System.Text;
using Rollouts.Core.Phases;
using Rollouts.Model.Status;
using Rollouts.TestKit;

namespace Rollouts.Core.Tests.Phases;

public class PhaseMachineTests
{
    [Fact]
    public void Every_phase_takes_or_refuses_every_signal_as_the_table_says()
    {
        var table = new StringBuilder();
        foreach (var phase in Enum.GetValues<Phase>())
        {
            table.Append(phase).Append('\n');
            foreach (var signal in Enum.GetValues<Signal>())
                table.Append($"  {signal,-16} {(PhaseMachine.CanFire(phase, signal) ? $"-> {PhaseMachine.Fire(phase, signal)}" : "refused")}\n");
        }

        Golden.Holds("tests/Rollouts.Core.Tests/golden/phases.txt", table.ToString());
    }

    [Fact]
    public void A_signal_that_the_table_does_not_know_throws()
    {
        var act = () => PhaseMachine.Fire(Phase.Succeeded, Signal.StepPassed);

        act.Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void Every_phase_but_the_last_can_be_left_for_good_by_deleting_the_Canary()
    {
        foreach (var phase in Enum.GetValues<Phase>().Where(phase => phase != Phase.Terminating))
            PhaseMachine.Fire(phase, Signal.Deleted).Should().Be(Phase.Terminating);
        Enum.GetValues<Signal>().Should().NotContain(signal => PhaseMachine.CanFire(Phase.Terminating, signal));
    }
}
