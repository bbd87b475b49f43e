using System.Text.Json.Nodes;
using CsCheck;
using Rollouts.Model.Analysis;
using Rollouts.Model.Service;
using Rollouts.Model.Status;

namespace Rollouts.Model.Tests;

public sealed class CanaryParsingTests
{
    [Fact]
    public void What_is_not_written_has_its_default()
    {
        var spec = Read(Manifest.Ramp()).Spec;

        spec.Should().BeEquivalentTo(new
        {
            Provider = (string?)null,
            ProgressDeadline = TimeSpan.FromMinutes(10),
            Suspend = false,
            SkipAnalysis = false,
            DeletionPolicy = DeletionPolicy.Restore,
            HistoryLimit = 10,
        });
        spec.Service.Name.Should().Be("podinfo");
        spec.Service.PortName.Should().Be("http");
        spec.Service.TargetPort.Should().Be(new TargetPort.Number(80));
        spec.Service.Hosts.Should().BeEmpty();
        spec.Analysis.Interval.Length.Should().Be(TimeSpan.FromSeconds(60));
        spec.Analysis.Threshold.Should().Be(1);
        spec.Analysis.MaxWeight.Should().Be(Weight.Full);
        spec.Analysis.PrimaryReadyThreshold.Should().Be(new Percentage(100));
        spec.Analysis.CanaryReadyThreshold.Should().Be(new Percentage(100));
        spec.Analysis.Promotion.Should().Be(PromotionMode.Automatic);
        spec.Analysis.MaxHold.Should().Be(TimeSpan.FromMinutes(30));
        spec.Analysis.OnHoldTimeout.Should().Be(HoldTimeout.Rollback);
        spec.Analysis.AbortOnPodFailure.Should().BeTrue();
        spec.Analysis.Metrics.Should().Equal(new MetricSpec
        {
            Name = "request-success-rate",
            Interval = new Interval(TimeSpan.FromMinutes(1)),
            Range = new ThresholdRange(99, null),
            Judge = Judge.Exact,
            NoData = NoData.Hold,
            MinSamples = 0,
            Mode = CheckMode.Enforce,
        });
    }

    [Fact]
    public void What_is_written_goes_before_the_default()
    {
        var spec = Read(Manifest.Ramp()
            .With("spec.provider", "\"istio\"")
            .With("spec.metricsServer", "\"http://prometheus:9090\"")
            .With("spec.progressDeadlineSeconds", "60")
            .With("spec.suspend", "true")
            .With("spec.deletionPolicy", "\"orphan\"")
            .With("spec.historyLimit", "3")
            .With("spec.service", """
                {"name":"app","port":80,"portName":"grpc","targetPort":"web","hosts":["a.test"],"gateways":["mesh","ns/gw"],"timeout":"15s",
                 "retries":{"attempts":3,"new":true},"match":[{"uri":{"prefix":"/api"}}],"apex":{"labels":{"team":"a"}}}
                """)
            .With("spec.analysis", """
                {"interval":"1m30s","threshold":5,"stepWeights":[1,2,10,80],"primaryReadyThreshold":50,"canaryReadyThreshold":60,"promotion":"manual",
                 "maxHold":"1h","onHoldTimeout":"pause","abortOnPodFailure":false,
                 "metrics":[{"name":"request-duration","threshold":500,"interval":"30s","noData":"fail","minSamples":20,"mode":"observe","judge":"exact"}]}
                """)).Spec;

        spec.Should().BeEquivalentTo(new
        {
            Provider = "istio",
            MetricsServer = "http://prometheus:9090",
            ProgressDeadline = TimeSpan.FromSeconds(60),
            Suspend = true,
            DeletionPolicy = DeletionPolicy.Orphan,
            HistoryLimit = 3,
        });
        spec.Service.Name.Should().Be("app");
        spec.Service.PortName.Should().Be("grpc");
        spec.Service.TargetPort.Should().Be(new TargetPort.Named("web"));
        spec.Service.Hosts.Should().Equal("a.test");
        spec.Service.Gateways.Should().Equal("mesh", "ns/gw");
        spec.Service.Timeout.Should().Be("15s");
        (spec.Service.Retries?.ToString()).Should().Be("""{"attempts":3,"new":true}""", "a field that only Istio knows survives");
        spec.Service.Match.Should().ContainSingle();
        spec.Service.Apex.Labels["team"].Should().Be("a");
        spec.Analysis.Interval.ToString().Should().Be("1m30s");
        spec.Analysis.Threshold.Should().Be(5);
        spec.Analysis.StepWeights.Select(weight => weight.Percent).Should().Equal(1, 2, 10, 80);
        spec.Analysis.StepWeight.Should().BeNull();
        spec.Analysis.PrimaryReadyThreshold.Percent.Should().Be(50);
        spec.Analysis.CanaryReadyThreshold.Percent.Should().Be(60);
        spec.Analysis.Promotion.Should().Be(PromotionMode.Manual);
        spec.Analysis.MaxHold.Should().Be(TimeSpan.FromHours(1));
        spec.Analysis.OnHoldTimeout.Should().Be(HoldTimeout.Pause);
        spec.Analysis.AbortOnPodFailure.Should().BeFalse();
        spec.Analysis.Metrics[0].Should().Be(new MetricSpec
        {
            Name = "request-duration",
            Interval = new Interval(TimeSpan.FromSeconds(30)),
            Range = new ThresholdRange(null, 500),
            NoData = NoData.Fail,
            MinSamples = 20,
            Mode = CheckMode.Observe,
        });
    }

    [Theory]
    [InlineData("request-success-rate", 99.0, null)]
    [InlineData("request-duration", null, 99.0)]
    public void The_old_single_threshold_is_the_least_success_rate_and_the_greatest_duration(string metric, double? min, double? max) =>
        Read(Manifest.Ramp().With("spec.analysis.metrics", $$"""[{"name":"{{metric}}","threshold":99}]"""))
            .Spec.Analysis.Metrics[0].Range.Should().Be(new ThresholdRange(min, max));

    [Fact]
    public void Both_bounds_of_a_range_are_inclusive()
    {
        var range = new ThresholdRange(99, 100);

        range.Holds(99).Should().BeTrue();
        range.Holds(100).Should().BeTrue();
        range.Holds(98.999).Should().BeFalse();
        range.Holds(100.001).Should().BeFalse();
    }

    [Fact]
    public void Metadata_and_status_are_read_even_of_a_canary_whose_spec_is_wrong()
    {
        var reading = Canary.Parse(Manifest.Ramp()
            .With("spec", "{\"analysis\": 5}")
            .With("status", """{"phase":"Progressing","canaryWeight":20}""")
            .With("metadata.annotations", """{"rollouts.dev/abort":"*"}""")
            .With("metadata.finalizers", """["rollouts.dev/restore"]""")
            .With("metadata.deletionTimestamp", "\"2026-01-31T12:00:00Z\""));

        reading.Canary.Should().BeNull();
        reading.Errors.Should().NotBeEmpty();
        reading.Metadata.Should().Be(new CanaryMetadata
        {
            ApiGroup = "rollouts.dev",
            Key = new CanaryKey("test", "podinfo"),
            Uid = "u-1",
            ResourceVersion = "7",
            Generation = 3,
            Annotations = EquatableMap.Empty.With("rollouts.dev/abort", "*"),
            Finalizers = ["rollouts.dev/restore"],
            DeletionTimestamp = new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero),
        });
        reading.Status.CanaryWeight.Percent.Should().Be(20);
        reading.Status.Phase.Should().Be(Phase.Progressing);
    }

    [Fact]
    public void Two_readings_of_one_canary_are_equal() =>
        Read(Manifest.Ramp().With("spec.service.retries", """{"attempts":3}""")).Should().Be(Read(Manifest.Ramp().With("spec.service.retries", """{"attempts":3}""")));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"apiVersion":1,"metadata":[],"spec":null,"status":7}""")]
    [InlineData("""{"spec":[]}""")]
    [InlineData("""{"spec":"x"}""")]
    public void An_object_that_is_no_canary_is_an_error_and_no_exception(string json) =>
        Canary.Parse(Manifest.Parse(json)).Errors.Should().Contain(error => error.Path.StartsWith("spec"));

    [Fact]
    public void A_poisoned_canary_never_throws_and_has_a_spec_exactly_when_it_has_no_errors()
    {
        var paths = Paths(Manifest.Parse(Full), "").ToArray();
        string[] poisons = ["null", "0.5", "-1", "1e300", "99999999999999999999", "true", "\"\"", "\"x\"", "\"1s\"", "[]", "[null]", "[[1]]", "{}", "{\"a\":{}}"];

        Gen.Select(Gen.OneOf(paths), Gen.OneOf(poisons), Gen.OneOf(paths), Gen.OneOf(poisons)).Sample((first, value, second, other) =>
        {
            var manifest = Manifest.Parse(Full);
            Put(manifest, first, value);
            Put(manifest, second, other);
            var reading = Canary.Parse(manifest);
            return (reading.Spec is null) == (reading.Errors.Count > 0) && reading.Errors.All(error => error.Path.StartsWith("spec"));
        });
    }

    private const string Full =
        """
        {"spec":{"provider":"istio","targetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"app"},"deletionPolicy":"restore","historyLimit":1,
         "service":{"name":"app","port":80,"targetPort":8080,"portName":"http","hosts":["a"],"match":[{"uri":{}}],"retries":{},"apex":{"labels":{"a":"b"}},
          "gatewayRefs":[],"timeout":"1s"},
         "analysis":{"interval":"10s","threshold":2,"stepWeights":[10,20],"maxHold":"1m","promotion":"manual","webhooks":[],
          "metrics":[{"name":"request-duration","interval":"1m","thresholdRange":{"min":1,"max":500},"noData":"hold","minSamples":5,"mode":"enforce"}]}}}
        """;

    private static Canary Read(JsonObject manifest)
    {
        var reading = Canary.Parse(manifest);
        reading.Errors.Should().BeEmpty();
        return reading.Canary ?? throw new InvalidOperationException("no errors and no canary");
    }

    private static IEnumerable<string> Paths(JsonNode? node, string path) => node switch
    {
        JsonObject fields => fields.SelectMany(field => Paths(field.Value, $"{path}/{field.Key}").Prepend($"{path}/{field.Key}")),
        JsonArray items => items.SelectMany((item, index) => Paths(item, $"{path}/{index}").Prepend($"{path}/{index}")),
        _ => [],
    };

    // The second path may have been poisoned away by the first.
    private static void Put(JsonNode? node, string path, string value)
    {
        var names = path.Split('/')[1..];
        foreach (var name in names[..^1])
            node = node is JsonObject fields ? fields[name] : node is JsonArray items && int.TryParse(name, out var index) && index < items.Count ? items[index] : null;
        if (node is JsonObject parent)
            parent[names[^1]] = JsonNode.Parse(value);
        else if (node is JsonArray list && int.TryParse(names[^1], out var at) && at < list.Count)
            list[at] = JsonNode.Parse(value);
    }
}
