using System.Text.Json.Nodes;
using CsCheck;
using Rollouts.Cli.Linting;
using Rollouts.Cli.Tests.World;
using Rollouts.TestKit;

namespace Rollouts.Cli.Tests;

public sealed class LintTests
{
    private const string Good = """
        apiVersion: rollouts.dev/v1beta1
        kind: Canary
        metadata:
          name: podinfo
        spec:
          targetRef:
            apiVersion: apps/v1
            kind: Deployment
            name: podinfo
          service:
            port: 80
          analysis:
            interval: 1m
            stepWeights: [10, 30]
        """;

    [Fact]
    public void What_the_controller_takes_has_no_finding() =>
        Check(Good).Should().BeEquivalentTo(new LintReport([], 1, 1, 0));

    [Fact]
    public void Every_error_stands_at_the_line_of_its_field_or_of_what_it_is_missing_in() =>
        Finds("""
            # Two of them are in one list.
            apiVersion: rollouts.dev/v1beta1
            kind: Canary
            metadata:
              labels: {}
            spec:
              targetRef:
                apiVersion: apps/v1
                kind: Deployment
              service:
                port: "80"
                apex:
                  labels:
                    app.kubernetes.io/name: 5
              analysis:
                stepWeights:
                - 10
                - 30
                - 20
                threshold: 0
                iterations: 5
                metrics:
                - name: request-success-rate
                  thresholdRange: {min: 99}
                - name: request-duration
            """, "a.yaml:4: metadata.name: is missing",
            "a.yaml:7: spec.targetRef.name: is missing",
            "a.yaml:11: spec.service.port: must be a whole number",
            "a.yaml:14: spec.service.apex.labels[app.kubernetes.io/name]: must be text",
            "a.yaml:19: spec.analysis.stepWeights[2]: must be greater than the step before it",
            "a.yaml:20: spec.analysis.threshold: must be ",
            "a.yaml:21: spec.analysis.iterations: needs exactly one of",
            "a.yaml:25: spec.analysis.metrics[1]: needs");

    [Theory]
    [InlineData("threshhold: 2", "threshold may be meant")]
    [InlineData("StepWeight: 2", "stepWeight may be meant")]
    [InlineData("primaryThreshold: 2", "or remove it")]
    [InlineData("frobnicate: 2", "check its spelling and its place")]
    public void A_misspelt_field_is_an_error_that_names_the_nearest_one(string field, string says) =>
        Check($"{Good}\n    {field}").Findings.Should().ContainSingle()
            .Which.Should().Match<Finding>(finding => finding.Line == 15 && finding.Severity == Severity.Error && finding.Message.Contains(says));

    [Fact]
    public void A_field_beside_the_spec_is_an_error_too() =>
        Finds(Good.Replace("spec:", "spek:", StringComparison.Ordinal), "a.yaml:1: spec: is missing", "a.yaml:5: spek: is not a field of this API");

    [Fact]
    public void A_key_that_is_given_twice_is_an_error_and_what_follows_is_still_read() =>
        Finds($"{Good}\n    interval: 2m\n    threshold: 0", "a.yaml:15: spec.analysis.interval: is given twice, first on line 13", "a.yaml:16: spec.analysis.threshold: must be ");

    [Fact]
    public void A_document_that_is_not_YAML_does_not_hide_the_next_one() =>
        Finds($"spec: [\n---\n{Good}\n    threshold: 0\n--- # the last\nkind: a: b\n", "a.yaml:1: is not YAML", "a.yaml:17: spec.analysis.threshold: must be ", "a.yaml:19: is not YAML");

    [Fact]
    public void What_migrated_manifests_may_mean_otherwise_is_a_warning()
    {
        var finding = Check(Good.Replace("rollouts.dev", "flagger.app", StringComparison.Ordinal) + "\n  revertOnDeletion: true").Findings.Should().ContainSingle().Which;
        finding.ToString().Should().StartWith("a.yaml:15: warning: spec.revertOnDeletion: is taken as deletionPolicy: restore");
    }

    [Fact]
    public void Other_kinds_are_counted_and_not_looked_into()
    {
        var report = Check($"apiVersion: v1\nkind: Service\nspec: 5\n---\n# nothing\n---\nreplicas: 3\n---\n{Good}");
        report.Should().BeEquivalentTo(new LintReport([], 1, 1, 2));
    }

    [Theory]
    [InlineData("rollouts.dev/v1beta1", "Canry", "kind: is no kind of rollouts.dev: write Canary")]
    [InlineData("rollouts.dev/v1", "Canary", "apiVersion: must be rollouts.dev/v1beta1")]
    [InlineData("flagger.app/v1alpha3", "Canary", "apiVersion: must be flagger.app/v1beta1")]
    public void A_kind_or_a_version_that_does_not_exist_is_an_error(string version, string kind, string says) =>
        Check(Good.Replace("rollouts.dev/v1beta1", version, StringComparison.Ordinal).Replace("kind: Canary", $"kind: {kind}", StringComparison.Ordinal))
            .Findings.Should().ContainSingle().Which.ToString().Should().Contain(says);

    [Fact]
    public void A_kind_of_ours_or_of_others_is_none()
    {
        Finds("apiVersion: rollouts.dev/v1beta1\nkind: MetricTemplate");
        Finds("apiVersion: example.com/v1\nkind: Canary");
    }

    [Fact]
    public void JSON_and_lists_are_read_with_their_lines()
    {
        const string spec = """{"targetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "NAME"}, "service": {"port": 80}, "analysis": {"stepWeight": 0}}""";
        var canary = $$"""{"apiVersion": "rollouts.dev/v1beta1", "kind": "Canary", "metadata": {"name": "NAME"},{{"\n"}}"spec": {{spec}}}""";
        var (a, b, c) = (canary.Replace("NAME", "a"), canary.Replace("NAME", "b"), canary.Replace("NAME", "c"));
        Finds($$"""{"kind": "List", "items": [{{"\n"}}{{a}},{{"\n"}}{{b}}]}{{"\n"}}{{c}}""", "a.yaml:3: spec.analysis.stepWeight: must be ", "a.yaml:5: spec.analysis.stepWeight: must be ", "a.yaml:7: spec.analysis.stepWeight: must be ");
    }

    [Fact]
    public void Anchors_merges_and_the_numbers_of_YAML_are_read_as_kubectl_does()
    {
        var text = Good
            .Replace("interval: 1m", "<<: &common {threshold: 0x5, maxHold: 5m, interval: 0s}\n    interval: 1m", StringComparison.Ordinal)
            .Replace("port: 80", "port: 0120\n    headless: off", StringComparison.Ordinal);
        Finds(text);
        Finds(text.Replace("    interval: 1m\n", "", StringComparison.Ordinal), "a.yaml:13: spec.analysis.interval: must be at least 1s");
        Finds(Good.Replace("port: 80", "port: *none", StringComparison.Ordinal), "a.yaml:11: is not YAML");
    }

    [Fact]
    public void A_file_that_would_fill_the_memory_is_refused()
    {
        var bomb = string.Join('\n', Enumerable.Range(1, 40).Select(level => $"a{level}: &a{level} [*a{level - 1}, *a{level - 1}]").Prepend("a0: &a0 [1, 2]"));
        Found(bomb).Should().ContainSingle().Which.Should().Contain("is not YAML");
        Found(new string('[', 5000)).Should().ContainSingle().Which.Should().Contain("is not YAML");
    }

    [Fact]
    public void Whatever_becomes_of_a_manifest_it_is_answered_with_lines_that_it_has() =>
        (from at in Gen.Int[0, Good.Length]
         from taken in Gen.Int[0, 12]
         from given in Gen.Char["\n\t -:[]{}\"'&*!|>%@#?,<~0x\\\u0000\ud800"].Array[0, 4]
         select $"{Good[..at]}{new string(given)}{Good[Math.Min(Good.Length, at + taken)..]}")
        .Sample(text => Check(text).Findings.All(finding => finding.Line >= 1 && finding.Line <= 1 + text.Count(c => c == '\n')), iter: 2000);

    [Fact]
    public void Two_canaries_on_one_target_or_one_service_are_rivals()
    {
        var second = Good.Replace("  name: podinfo\nspec", "  name: other\nspec", StringComparison.Ordinal);
        Finds($"{Good}\n---\n{second}", "a.yaml:24: spec.targetRef.name: Canary podinfo in a.yaml:1 already has Deployment podinfo");

        var apex = second.Replace("name: podinfo", "name: backend", StringComparison.Ordinal).Replace("port: 80", "port: 80\n    name: podinfo", StringComparison.Ordinal);
        Finds($"{Good}\n---\n{apex}", "a.yaml:27: spec.service.name: Canary podinfo in a.yaml:1 already has the apex Service podinfo");
        Finds($"{Good}\n---\n{second.Replace("name: other", "name: other\n  namespace: shop", StringComparison.Ordinal)}");
    }

    [Fact]
    public void The_same_canary_twice_is_a_warning() =>
        Finds($"{Good}\n---\n{Good}", "a.yaml:19: warning: metadata.name: Canary podinfo stands here a second time");

    [Fact]
    public void A_target_without_a_label_to_select_by_is_an_error_where_it_stands()
    {
        const string target = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: podinfo}\nspec:\n  selector:\n    matchLabels: {tier: web}";
        Finds($"{target}\n---\n{Good}", "a.yaml:6: spec.selector.matchLabels: has none of the labels app, name, app.kubernetes.io/name");
        Finds($"{target.Replace("tier", "app", StringComparison.Ordinal)}\n---\n{Good}");
        Finds($"{target.Replace("name: podinfo", "name: other", StringComparison.Ordinal)}\n---\n{Good}");
    }

    [Fact]
    public void A_target_that_cannot_be_released_is_an_error_where_it_stands()
    {
        var canary = Good.Replace("kind: Deployment", "kind: DaemonSet", StringComparison.Ordinal);
        const string set = "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: podinfo}\nspec:\n  updateStrategy:\n    type: OnDelete\n  selector:\n    matchLabels: {app: web}";
        Finds($"{set}\n---\n{canary}", "a.yaml:6: spec.updateStrategy.type: Canary podinfo (a.yaml:10) cannot release it: The target replaces its pods only when");
        Finds($"{set.Replace("OnDelete", "RollingUpdate", StringComparison.Ordinal)}\n---\n{canary}");

        var service = Good.Replace("apps/v1", "v1", StringComparison.Ordinal).Replace("kind: Deployment", "kind: Service", StringComparison.Ordinal);
        const string target = "apiVersion: v1\nkind: Service\nmetadata: {name: podinfo}\nspec:\n  selector: {}\n  ports: []";
        Finds($"{target}\n---\n{service}", "a.yaml:5: spec.selector: Canary podinfo (a.yaml:8) cannot release it: The target is a Service that selects no pods");
        Finds($"{target.Replace("{}", "{tier: web}", StringComparison.Ordinal)}\n---\n{service}");
    }

    [Fact]
    public async Task The_samples_of_this_repository_are_clean()
    {
        foreach (var folder in Directory.GetDirectories(Path.Combine(Repository.Root, "samples")))
        {
            var answer = await Shell.RunAsync(["lint", "--strict", "-f", folder]);
            answer.Code.Should().Be(0, answer.Out);
        }
        (await Shell.RunAsync(["lint", "-R", "-f", Path.Combine(Repository.Root, "samples")])).Error.Should().Contain("Canaries in");
    }

    [Fact]
    public async Task What_is_piped_in_is_read_and_the_findings_are_told_to_scripts()
    {
        var answer = await Shell.RunAsync(["lint", "-f", "-", "-o", "json"], input: $"{Good}\n    threshold: 0");
        answer.Code.Should().Be(1);
        var finding = JsonNode.Parse(answer.Out)!.AsArray().Should().ContainSingle().Which!;
        finding["message"]!.GetValue<string>().Should().StartWith("must be ");
        finding.AsObject().Remove("message");
        finding.ToJsonString().Should().Be("""{"file":"stdin","line":15,"path":"spec.analysis.threshold","severity":"error"}""");
        answer.Error.Should().Be("1 Canary in 1 file: 1 error, 0 warnings\n");
        (await Shell.RunAsync(["lint", "-f", "-", "-o", "json"], input: Good)).Should().Match<Answer>(clean => clean.Code == 0 && clean.Out.Trim() == "[]");
    }

    [Fact]
    public async Task Warnings_are_errors_where_that_is_asked_for()
    {
        var warned = $"{Good}\n    maxWeight: 50";
        (await Shell.RunAsync(["lint", "-f", "-"], input: warned)).Should().Match<Answer>(answer => answer.Code == 0 && answer.Out.Contains(": warning: "));
        (await Shell.RunAsync(["lint", "-f", "-", "--strict"], input: warned)).Should().Match<Answer>(answer => answer.Code == 1 && !answer.Out.Contains(": warning: "));
    }

    [Fact]
    public async Task Folders_are_read_with_what_is_below_them_only_where_that_is_asked_for()
    {
        var folder = Directory.CreateTempSubdirectory("rollouts-test-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "below"));
            await File.WriteAllTextAsync(Path.Combine(folder, "a.yaml"), Good);
            await File.WriteAllTextAsync(Path.Combine(folder, "notes.txt"), "kind: [");
            await File.WriteAllTextAsync(Path.Combine(folder, "below", "b.yml"), $"{Good.Replace("podinfo", "backend", StringComparison.Ordinal)}\n    threshold: 0");
            (await Shell.RunAsync(["lint", "-f", folder])).Should().Match<Answer>(answer => answer.Code == 0 && answer.Error.StartsWith("1 Canary in 1 file"));
            var all = await Shell.RunAsync(["lint", "-R", "-f", folder]);
            all.Code.Should().Be(1);
            all.Out.Should().StartWith($"{folder}/below/b.yml:15: spec.analysis.threshold: ");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named_with_the_mend()
    {
        var answer = await Shell.RunAsync(["lint", "-f", "/not/there.yaml"]);
        answer.Code.Should().Be(1);
        answer.Error.Should().Contain("there is no file /not/there.yaml").And.Contain("mend:");
    }

    private static LintReport Check(string text) => Linter.Check([new SourceFile("a.yaml", text)]);

    /// <summary>Expects these findings, each as far as it is written out.</summary>
    private static void Finds(string text, params string[] beginnings) =>
        Found(text).Should().Equal(beginnings, (finding, beginning) => finding.StartsWith(beginning, StringComparison.Ordinal));

    private static string[] Found(string text) => [.. Check(text).Findings.Select(finding => finding.ToString())];
}
