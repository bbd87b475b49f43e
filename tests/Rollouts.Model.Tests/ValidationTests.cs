using System.Text.Json.Nodes;
using Rollouts.Model.Validation;

namespace Rollouts.Model.Tests;

public sealed class ValidationTests
{
    private const string Metric = "spec.analysis.metrics[0]";

    [Fact]
    public void The_least_canary_is_valid() => Check(Manifest.Ramp()).Should().Be(new CanaryValidation([], []));

    [Theory]
    // Bounds and types: Flagger's CRD lets half a percent through, and one such Canary stops its watch of all (D27).
    [InlineData("spec.analysis.stepWeight", "0.5", "spec.analysis.stepWeight", "whole number from 1 to 100, without quotes, but is 0.5")]
    [InlineData("spec.analysis.stepWeight", "\"10\"", "spec.analysis.stepWeight", "whole number from 1 to 100, without quotes, but is \"10\"")]
    [InlineData("spec.analysis.stepWeight", "0", "spec.analysis.stepWeight", "whole number from 1 to 100, but is 0")]
    [InlineData("spec.analysis.stepWeight", "101", "spec.analysis.stepWeight", "from 1 to 100")]
    [InlineData("spec.analysis.maxWeight", "-1", "spec.analysis.maxWeight", "from 1 to 100")]
    [InlineData("spec.analysis.threshold", "0", "spec.analysis.threshold", "from 1 to 10000")]
    [InlineData("spec.analysis.threshold", "-3", "spec.analysis.threshold", "from 1 to 10000")]
    [InlineData("spec.analysis.interval", "\"10min\"", "spec.analysis.interval", "units ms, s, m or h")]
    [InlineData("spec.analysis.interval", "10", "spec.analysis.interval", "must be text, but is 10: put it in quotes")]
    [InlineData("spec.analysis.interval", "\"999ms\"", "spec.analysis.interval", "at least 1s")]
    [InlineData("spec.analysis.interval", "\"8761h\"", "spec.analysis.interval", "at most 8760h")]
    [InlineData("spec.analysis.interval", "\"30s\\n\"", "spec.analysis.interval", "units ms, s, m or h")]
    [InlineData("spec.analysis.maxHold", "\"0s\"", "spec.analysis.maxHold", "at least 1s")]
    [InlineData("spec.analysis.primaryReadyThreshold", "101", "spec.analysis.primaryReadyThreshold", "from 0 to 100")]
    [InlineData("spec.analysis.canaryReadyThreshold", "-1", "spec.analysis.canaryReadyThreshold", "from 0 to 100")]
    [InlineData("spec.analysis.promotion", "\"Manual\"", "spec.analysis.promotion", "must be one of automatic, manual, but is \"Manual\"")]
    [InlineData("spec.analysis.onHoldTimeout", "\"abort\"", "spec.analysis.onHoldTimeout", "one of rollback, pause")]
    [InlineData("spec.analysis.abortOnPodFailure", "\"no\"", "spec.analysis.abortOnPodFailure", "true or false, without quotes")]
    [InlineData("spec.analysis.metrics", "{}", "spec.analysis.metrics", "must be a list, but is an object")]
    [InlineData("spec.analysis.metrics", "[null]", "spec.analysis.metrics[0]", "must not be null")]
    [InlineData("spec.progressDeadlineSeconds", "0", "spec.progressDeadlineSeconds", "at least 1")]
    [InlineData("spec.suspend", "1", "spec.suspend", "true or false")]
    [InlineData("spec.historyLimit", "-1", "spec.historyLimit", "from 0 to 100")]
    [InlineData("spec.deletionPolicy", "\"delete\"", "spec.deletionPolicy", "one of restore, orphan")]
    [InlineData("spec.metricsServer", "\"prometheus:9090\"", "spec.metricsServer", "a URL such as")]
    [InlineData("spec.provider", "\"appmesh\"", "spec.provider", "must be one of istio, linkerd")]
    // The service.
    [InlineData("spec.service", null, "spec", "needs service with at least a port")]
    [InlineData("spec.service.port", null, "spec.service.port", "is missing: Port of the three Services")]
    [InlineData("spec.service.port", "0", "spec.service.port", "from 1 to 65535")]
    [InlineData("spec.service.port", "65536", "spec.service.port", "from 1 to 65535")]
    [InlineData("spec.service.targetPort", "65536", "spec.service.targetPort", "1 to 65535")]
    [InlineData("spec.service.targetPort", "true", "spec.service.targetPort", "a port number or the name")]
    [InlineData("spec.service.targetPort", "\"a-name-of-sixteen\"", "spec.service.targetPort", "1 to 15 characters")]
    [InlineData("spec.service.name", "\"App\"", "spec.service.name", "small letters")]
    [InlineData("spec.service.name", "\"a23456789012345678901234567890123456789012345678901234567\"", "spec.service.name", "at most 55 characters")]
    [InlineData("spec.service.hosts", "\"a.test\"", "spec.service.hosts", "must be a list, but is \"a.test\"")]
    [InlineData("spec.service.retries", "3", "spec.service.retries", "must be an object with fields, but is 3")]
    [InlineData("spec.service.apex", """{"labels":{"a":1}}""", "spec.service.apex.labels[a]", "must be text, but is 1")]
    // The target.
    [InlineData("spec.targetRef", null, "spec.targetRef", "is missing: The workload that is released")]
    [InlineData("spec.targetRef.name", "\"\"", "spec.targetRef.name", "must not be empty")]
    [InlineData("spec.targetRef.name", "\"a23456789012345678901234567890123456789012345678901234567\"", "spec", "needs service.name")]
    [InlineData("spec.targetRef.kind", "\"StatefulSet\"", "spec.targetRef.kind", "one of Deployment, DaemonSet, Service")]
    // What a run moves by (D7, D13, D26).
    [InlineData("spec.analysis", null, "spec.analysis", "is missing: How a run moves")]
    [InlineData("spec.analysis.stepWeight", null, "spec.analysis", "needs exactly one of stepWeight, stepWeights, iterations, steps")]
    [InlineData("spec.analysis.stepWeights", "[10]", "spec.analysis.stepWeights", "needs exactly one of stepWeight, stepWeights")]
    // What a metric is held against.
    [InlineData(Metric + ".name", null, Metric + ".name", "is missing")]
    [InlineData(Metric + ".thresholdRange", null, Metric, "needs thresholdRange with min, max or both")]
    [InlineData(Metric + ".thresholdRange", "{}", Metric + ".thresholdRange", "needs min, max or both")]
    [InlineData(Metric + ".thresholdRange", """{"min":2,"max":1}""", Metric + ".thresholdRange", "min above its max")]
    [InlineData(Metric + ".thresholdRange", """{"min":"99"}""", Metric + ".thresholdRange.min", "must be a number, without quotes")]
    [InlineData(Metric + ".interval", "\"0s\"", Metric + ".interval", "at least 1s")]
    [InlineData(Metric + ".noData", "\"ignore\"", Metric + ".noData", "one of hold, fail, pass")]
    [InlineData(Metric + ".minSamples", "-1", Metric + ".minSamples", "at least 0")]
    [InlineData(Metric + ".mode", "\"off\"", Metric + ".mode", "one of enforce, observe")]
    public void A_wrong_field_is_named_with_its_mend(string path, string? value, string errorPath, string message)
    {
        var errors = Check(Manifest.Ramp().With(path, value)).Errors;

        errors.Should().ContainSingle().Which.Should().Match<FieldError>(error => error.Path == errorPath && error.Message.Contains(message), errors.ToString());
    }

    [Theory]
    [InlineData("spec.analysis.stepWeight", "1")]
    [InlineData("spec.analysis.stepWeight", "100")]
    [InlineData("spec.analysis.stepWeight", "10.0")]
    [InlineData("spec.analysis.maxWeight", "50")]
    [InlineData("spec.analysis.maxWeight", "null")]
    [InlineData("spec.analysis.threshold", "1")]
    [InlineData("spec.analysis.interval", "\"1s\"")]
    [InlineData("spec.analysis.interval", "\"1000ms\"")]
    [InlineData("spec.analysis.interval", "\"1h30m\"")]
    [InlineData("spec.analysis.primaryReadyThreshold", "0")]
    [InlineData("spec.analysis.promotion", "\"manual\"")]
    [InlineData("spec.analysis.onHoldTimeout", "\"pause\"")]
    [InlineData("spec.analysis.metrics", "[]")]
    [InlineData("spec.progressDeadlineSeconds", "1")]
    [InlineData("spec.suspend", "true")]
    [InlineData("spec.historyLimit", "0")]
    [InlineData("spec.deletionPolicy", "\"orphan\"")]
    [InlineData("spec.provider", "\"istio\"")]
    [InlineData("spec.service.port", "65535")]
    [InlineData("spec.service.targetPort", "0")]
    [InlineData("spec.service.targetPort", "\"http-web\"")]
    [InlineData("spec.service.name", "\"a2345678901234567890123456789012345678901234567890123\"")]
    [InlineData("spec.service.trafficPolicy", """{"connectionPool":{"tcp":{"maxConnections":1}}}""")]
    [InlineData(Metric + ".thresholdRange", """{"min":1,"max":1}""")]
    [InlineData(Metric + ".noData", "\"pass\"")]
    [InlineData(Metric + ".mode", "\"observe\"")]
    public void A_right_field_is_taken_without_a_word(string path, string value) =>
        Check(Manifest.Ramp().With(path, value)).Should().Be(new CanaryValidation([], []));

    [Theory]
    [InlineData("[1,2,10,80]", null)]
    [InlineData("[100]", null)]
    [InlineData("[10,5,20]", "spec.analysis.stepWeights[1]")]
    [InlineData("[10,20,20]", "spec.analysis.stepWeights[2]")]
    [InlineData("[0,10]", "spec.analysis.stepWeights[0]")]
    [InlineData("[1,2,10,200]", "spec.analysis.stepWeights[3]")]
    [InlineData("[1,2.5]", "spec.analysis.stepWeights[1]")]
    [InlineData("[]", "spec.analysis.stepWeights")]
    public void Listed_weights_ascend_strictly_from_at_least_1(string weights, string? wrong)
    {
        var errors = Check(Manifest.Ramp().With("spec.analysis.stepWeight", null).With("spec.analysis.stepWeights", weights)).Errors;

        errors.Select(error => error.Path).Should().Equal(wrong is null ? [] : new[] { wrong });
    }

    [Theory]
    [InlineData("\"other\"", 0)]
    [InlineData("\"cookie\"", 1)]
    public void The_two_cookies_of_session_affinity_have_different_names(string primaryCookie, int errors) =>
        Check(Manifest.Ramp().With("spec.analysis.sessionAffinity", $$"""{"cookieName":"cookie","primaryCookieName":{{primaryCookie}}}""")).Errors
            .Count(error => error.Message.Contains("two different cookie names")).Should().Be(errors);

    [Theory]
    [InlineData("seen-by_9", 0)]
    [InlineData("seen by", 1)]
    [InlineData("seen=by", 1)]
    [InlineData("seen;by", 1)]
    public void A_cookie_has_a_name_that_browsers_take(string name, int errors) =>
        Check(Manifest.Ramp().With("spec.analysis.sessionAffinity", $$"""{"cookieName":"{{name}}"}""")).Errors
            .Count(error => error.Path == "spec.analysis.sessionAffinity.cookieName").Should().Be(errors);

    [Theory]
    [InlineData("mirror", "true", "spec.analysis.mirror")]
    [InlineData("mirror", "false", null)]
    [InlineData("match", """[{"headers":{"a":{"exact":"b"}}}]""", "spec.analysis.match")]
    [InlineData("match", "[]", null)]
    [InlineData("sessionAffinity", """{"cookieName":"a"}""", "spec.analysis.sessionAffinity")]
    [InlineData("sessionAffinity", "null", null)]
    [InlineData("steps", """[{"setWeight":1},{"mirror":{"percent":5}}]""", "spec.analysis.steps[1].mirror")]
    [InlineData("steps", """[{"setWeight":1}]""", null)]
    public void A_TCP_service_has_no_requests_to_tell_apart(string field, string value, string? wrong)
    {
        Broken("TCP").Should().Equal(wrong is null ? [] : new[] { wrong });
        Broken("tcp").Should().Equal(wrong is null ? [] : new[] { wrong });
        Broken("grpc").Should().BeEmpty();

        IEnumerable<string> Broken(string protocol) =>
            Check(Manifest.Ramp().With("spec.service.appProtocol", $"\"{protocol}\"").With($"spec.analysis.{field}", value)).Errors
                .Where(error => error.Message.Contains("while service.appProtocol is tcp")).Select(error => error.Path);
    }

    [Theory]
    [InlineData("true", """["a.test"]""", 1)]
    [InlineData("true", "null", 0)]
    [InlineData("false", """["a.test"]""", 0)]
    public void A_delegate_route_has_no_hosts_of_its_own(string delegation, string hosts, int errors) =>
        Check(Manifest.Ramp().With("spec.service.delegation", delegation).With("spec.service.hosts", hosts)).Errors
            .Count(error => error.Message.Contains("must not have hosts or gateways")).Should().Be(errors);

    [Theory]
    [InlineData("""[{"name":"a","url":"http://a"},{"name":"a","type":"pre-rollout","url":"http://a"}]""", null)]
    [InlineData("""[{"name":"a","url":"http://a"},{"name":"b","url":"http://a"}]""", null)]
    [InlineData("""[{"name":"a","url":"http://a"},{"name":"b","url":"http://b"},{"name":"a","type":"rollout","url":"http://c"}]""", "spec.analysis.webhooks[2]")]
    public void Webhooks_of_one_type_are_told_apart_by_their_names(string webhooks, string? path) =>
        Check(Manifest.Ramp().With("spec.analysis.webhooks", webhooks)).Errors.Select(error => error.Path).Should().Equal(path is null ? [] : new[] { path });

    [Theory]
    [InlineData("""{"steps":[{"setWeight":10}],"mirror":true}""", 1)]
    [InlineData("""{"steps":[{"mirror":{"percent":10}}]}""", 0)]
    [InlineData("""{"iterations":3,"match":[{"headers":{"a":{"exact":"b"}}}],"mirror":true}""", 1)]
    [InlineData("""{"iterations":3,"mirror":true}""", 0)]
    [InlineData("""{"stepWeight":10,"match":[{"headers":{"a":{"exact":"b"}}}],"mirror":true}""", 0)]
    public void Mirroring_is_refused_where_it_would_be_left_undone(string analysis, int errors) =>
        Check(Manifest.Ramp().With("spec.analysis", analysis)).Errors.Count(error => error.Message.Contains("must not have mirror: true")).Should().Be(errors);

    [Theory]
    [InlineData("""{"steps":[{"analyze":{"minRequests":50}}]}""", 1)]
    [InlineData("""{"steps":[{"analyze":{"for":"5m"}}]}""", 0)]
    [InlineData("""{"steps":[{"analyze":{"minRequests":50}}],"metrics":[{"name":"request-success-rate","thresholdRange":{"min":99}}]}""", 0)]
    public void Requests_are_counted_by_a_metric(string analysis, int errors) =>
        Check(Manifest.Ramp().With("spec.analysis", analysis)).Errors.Count(error => error.Message.Contains("minRequests")).Should().Be(errors);

    [Theory]
    [InlineData("""{"setWeight":10}""", 0)]
    [InlineData("""{"pause":{}}""", 0)]
    [InlineData("""{"setWeight":10,"pause":{}}""", 1)]
    [InlineData("{}", 1)]
    public void A_step_does_exactly_one_thing(string step, int errors) =>
        Check(Manifest.Ramp().With("spec.analysis.stepWeight", null).With("spec.analysis.steps", $"[{step}]")).Errors
            .Count(error => error.Message.Contains("needs exactly one of setWeight")).Should().Be(errors);

    [Fact]
    public void All_errors_come_at_once_and_in_the_order_of_the_schema()
    {
        var manifest = Manifest.Ramp()
            .With("spec.analysis", """{"interval":"0s","threshold":0,"stepWeights":[3,2],"iterations":"x","metrics":[{"thresholdRange":{"min":"a"}}]}""")
            .With("spec.service.port", "-1")
            .With("spec.upstreamRef", """{"apiVersion":"gloo.solo.io/v1","kind":"Upstream","name":"app"}""")
            .With("spec.provider", "\"linkerd\"");

        Check(manifest).Errors.Select(error => error.Path).Should().Equal(
            "spec.service.port",
            "spec.analysis.interval",
            "spec.analysis.threshold",
            "spec.analysis.stepWeights[1]",
            "spec.analysis.iterations",
            "spec.analysis.metrics[0].name",
            "spec.analysis.metrics[0].thresholdRange.min",
            "spec.analysis.iterations",
            "spec.provider",
            "spec.upstreamRef");
        Check(manifest).Should().Be(Check(manifest));
    }

    [Theory]
    [InlineData("spec.canaryAnalysis", "{}", "spec.canaryAnalysis", "not a field of this API")]
    [InlineData("spec.analysis.stepweight", "5", "spec.analysis.stepweight", "stepWeight may be meant")]
    [InlineData("spec.analysis.maxWieght", "5", "spec.analysis.maxWieght", "maxWeight may be meant")]
    [InlineData("spec.analysis.speed", "5", "spec.analysis.speed", "check its spelling and its place")]
    [InlineData("spec.service.meshName", "\"m\"", "spec.service.meshName", "not a field of this API")]
    [InlineData("spec.revertOnDeletion", "false", "spec.revertOnDeletion", "is taken as deletionPolicy: orphan")]
    [InlineData("spec.revertOnDeletion", "true", "spec.revertOnDeletion", "is taken as deletionPolicy: restore")]
    [InlineData("spec.analysis.mirrorWeight", "5", "spec.analysis.mirrorWeight", "not used without mirror")]
    [InlineData(Metric + ".threshold", "5", Metric + ".threshold", "not used, because thresholdRange")]
    public void What_is_valid_and_may_be_meant_otherwise_is_a_warning(string path, string value, string warningPath, string message)
    {
        var validation = Check(Manifest.Ramp().With(path, value));

        validation.Errors.Should().BeEmpty();
        validation.Warnings.Should().ContainSingle().Which.Should().Match<FieldError>(warning => warning.Path == warningPath && warning.Message.Contains(message));
    }

    [Fact]
    public void A_greatest_weight_beside_listed_weights_is_not_used_as_in_flagger_and_said_so()
    {
        var validation = Check(Manifest.Ramp().With("spec.analysis.stepWeight", null).With("spec.analysis.stepWeights", "[10]").With("spec.analysis.maxWeight", "50"));

        validation.Errors.Should().BeEmpty();
        validation.Warnings.Should().ContainSingle(warning => warning.Path == "spec.analysis.maxWeight");
    }

    [Theory]
    [InlineData("false", null, DeletionPolicy.Orphan)]
    [InlineData("true", null, DeletionPolicy.Restore)]
    [InlineData("false", "\"restore\"", DeletionPolicy.Restore)]
    [InlineData("null", null, DeletionPolicy.Restore)]
    public void A_migrated_manifest_keeps_what_it_says_of_deletion(string revert, string? policy, DeletionPolicy expected)
    {
        var spec = Canary.Parse(Manifest.Ramp().With("spec.revertOnDeletion", revert).With("spec.deletionPolicy", policy)).Spec;

        (spec?.DeletionPolicy).Should().Be(expected);
    }

    private static CanaryValidation Check(JsonObject manifest) => CanaryValidation.Check(manifest);
}
