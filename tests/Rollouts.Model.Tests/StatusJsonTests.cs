using System.Text.Json.Nodes;
using CsCheck;
using Rollouts.Model.Schemas;
using Rollouts.Model.Status;

namespace Rollouts.Model.Tests;

public sealed class StatusJsonTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_status_reads_back_as_it_was_written() =>
        Gen.Int.Sample(seed =>
        {
            var status = new SampleMaker(seed, everything: false).Make<CanaryStatus>();
            var text = status.ToJson().ToJsonString();
            return CanaryStatus.Parse(JsonNode.Parse(text)) == status && CanaryStatus.Parse(JsonNode.Parse(text)).ToJson().ToJsonString() == text;
        });

    [Fact]
    public void Every_field_of_a_status_is_written_and_none_is_pruned_by_the_schema()
    {
        var status = new SampleMaker(1, everything: true).Make<CanaryStatus>();
        var findings = new Findings();

        StatusSchema.Status.Check(status.ToJson(), "status", findings);

        findings.Errors.Should().BeEmpty();
        findings.Warnings.Should().BeEmpty();
        CanaryStatus.Parse(status.ToJson()).Should().Be(status);
    }

    [Fact]
    public void A_status_that_says_little_is_written_in_few_fields() =>
        new CanaryStatus { Phase = Phase.Initialized, LastTransitionTime = Noon }.ToJson().ToJsonString().Should().Be(
            """{"phase":"Initialized","canaryWeight":0,"failedChecks":0,"iterations":0,"lastTransitionTime":"2026-01-31T12:00:00Z","observedGeneration":0}""");

    [Fact]
    public void The_canary_api_names_the_fields_of_a_run()
    {
        var run = new RunStatus
        {
            Id = "1",
            Revision = "5d8f",
            StartedAt = Noon.AddMicroseconds(1500),
            Step = 2,
            StepProgram = ["10", "20"],
            Split = new Split(new Weight(20)),
            Verdicts = [new() { Check = "request-success-rate", Verdict = Verdict.Pass, Value = 99.5, Samples = 1200, At = Noon, Threshold = "at least 99%" }],
        };

        var written = new CanaryStatus { Run = run }.ToJson()["run"]?.AsObject() ?? [];

        (written["startedAt"]?.GetValue<string>()).Should().Be("2026-01-31T12:00:00.001500Z");
        (written["stepProgram"]?.ToJsonString()).Should().Be("""["10","20"]""");
        (written["split"]?.ToJsonString()).Should().Be("""{"primary":80,"canary":20}""");
        (written["verdicts"]?.ToJsonString()).Should().Be(
            """[{"check":"request-success-rate","verdict":"PASS","value":99.5,"threshold":"at least 99%","samples":1200,"at":"2026-01-31T12:00:00Z"}]""");
        written.ContainsKey("holds").Should().BeFalse("a run that waits for nothing says so by silence");
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"Failed\"")]
    [InlineData("""{"phase":7,"canaryWeight":"x","failedChecks":0.5,"trackedConfigs":[],"run":{"id":1},"history":[null,{}],"conditions":{"a":1}}""")]
    [InlineData("""{"phase":"Terminated","canaryWeight":101,"lastTransitionTime":"yesterday","lastControls":{"abort":null}}""")]
    public void A_status_that_makes_no_sense_reads_as_not_yet_set(string json) =>
        CanaryStatus.Parse(JsonNode.Parse(json)).Should().Be(CanaryStatus.None);

    [Fact]
    public void A_value_that_json_lacks_counts_as_no_data()
    {
        new CheckVerdict { Check = "a", Verdict = Verdict.None, At = Noon, Value = double.NaN }.Value.Should().BeNull();
        new CheckVerdict { Check = "a", Verdict = Verdict.Fail, At = Noon, Value = double.PositiveInfinity }.Value.Should().BeNull();
        new CheckVerdict { Check = "a", Verdict = Verdict.Pass, At = Noon, Value = 0 }.Value.Should().Be(0);
    }

    [Fact]
    public void Statuses_with_one_difference_in_a_list_are_different()
    {
        CanaryStatus With(string message) =>
            new() { Conditions = [new() { Type = Condition.Ready, Status = ConditionStatus.True, Reason = "Idle", Message = message, LastTransitionTime = Noon }] };

        With("a").Should().Be(With("a"));
        With("a").GetHashCode().Should().Be(With("a").GetHashCode());
        With("a").Should().NotBe(With("b"));
    }
}
