using Rollouts.Model.Validation;

namespace Rollouts.Model.Tests;

public sealed class SupportTests
{
    private const string Metric = "spec.analysis.metrics[0]";

    [Theory]
    [InlineData("spec.provider", "\"linkerd\"", "use istio")]
    [InlineData("spec.ingressRef", """{"apiVersion":"networking.k8s.io/v1","kind":"Ingress","name":"app"}""", "remove it")]
    [InlineData("spec.routeRef", """{"apiVersion":"apisix.apache.org/v2","kind":"ApisixRoute","name":"app"}""", "remove it")]
    [InlineData("spec.upstreamRef", """{"apiVersion":"gloo.solo.io/v1","kind":"Upstream","name":"app"}""", "remove it")]
    [InlineData("spec.service.appProtocol", "\"redis\"", "use http, http2, https, grpc or tcp")]
    [InlineData("spec.service.backendTimeout", "\"5s\"", "use timeout")]
    [InlineData("spec.service.gatewayRefs", """[{"name":"gateway"}]""", "use gateways")]
    [InlineData("spec.service.mirror", """[{"backendRef":{"name":"a"}}]""", "remove it")]
    [InlineData(Metric + ".name", "\"my-errors\"", "use request-success-rate or request-duration")]
    [InlineData(Metric + ".query", "\"up\"", "built-in metric")]
    [InlineData(Metric + ".templateRef", """{"name":"t"}""", "built-in metric")]
    [InlineData(Metric + ".judge", "\"confident\"", "use exact")]
    [InlineData("spec.analysis.alerts", """[{"name":"a","providerRef":{"name":"b"}}]""", "remove it")]
    [InlineData("spec.analysis.comparison", """{"mode":"enforce"}""", "set its mode to off")]
    [InlineData("spec.analysis.comparison", """{"mode":"observe"}""", "set its mode to off")]
    [InlineData("spec.analysis.comparison", """{"falseAlarmRate":0.05}""", "set its mode to off")]
    public void What_this_release_does_not_act_on_is_refused_by_name(string path, string value, string mend)
    {
        var errors = CanaryValidation.Check(Manifest.Ramp().With(path, value)).Errors;

        errors.Should().ContainSingle().Which.Should().Match<FieldError>(error =>
            error.Path == path && error.Message.StartsWith("this release does not act on it yet: ") && error.Message.Contains(mend), errors.ToString());
    }

    [Theory]
    [InlineData("spec.analysis.stepWeightPromotion", "30")]
    [InlineData("spec.analysis.mirror", "true")]
    [InlineData("spec.analysis.match", """[{"headers":{"a":{"exact":"b"}}}]""")]
    [InlineData("spec.analysis.webhooks", """[{"name":"a","url":"http://a/"}]""")]
    [InlineData("spec.analysis.sessionAffinity", """{"cookieName":"a"}""")]
    [InlineData("spec.skipAnalysis", "true")]
    [InlineData("spec.schedule", """{"windows":["* 9-17 * * 1-5"]}""")]
    [InlineData("spec.service.portDiscovery", "true")]
    [InlineData("spec.service.unmanagedMetadata", """{"labels":["a"]}""")]
    [InlineData("spec.service.headless", "true")]
    [InlineData("spec.service.trafficDistribution", "\"PreferClose\"")]
    [InlineData("spec.service.appProtocol", "\"grpc\"")]
    [InlineData("spec.service.appProtocol", "\"tcp\"")]
    [InlineData("spec.service.appProtocol", "\"TCP\"")]
    [InlineData("spec.service.delegation", "true")]
    [InlineData("spec.service.gatewayRefs", "[]")]
    [InlineData("spec.analysis.stepWeightPromotion", "0")]
    [InlineData("spec.analysis.mirror", "false")]
    [InlineData("spec.analysis.match", "[]")]
    [InlineData("spec.analysis.webhooks", "[]")]
    [InlineData("spec.analysis.comparison", """{"mode":"off","falseAlarmRate":0.05}""")]
    [InlineData("spec.skipAnalysis", "false")]
    [InlineData("spec.schedule", "null")]
    [InlineData(Metric + ".name", "\"request-duration\"")]
    [InlineData(Metric + ".judge", "\"exact\"")]
    public void A_field_that_asks_for_nothing_more_is_taken(string path, string value) =>
        CanaryValidation.Check(Manifest.Ramp().With(path, value)).Errors.Should().BeEmpty();

    [Fact]
    public void A_Knative_Service_is_refused_by_its_API_version() =>
        CanaryValidation.Check(Manifest.Ramp().With("spec.targetRef", """{"apiVersion":"serving.knative.dev/v1","kind":"Service","name":"podinfo"}""")).Errors
            .Should().ContainSingle().Which.ToString().Should().Contain("spec.targetRef.apiVersion").And.Contain("or v1 for a Service");

    [Fact]
    public void Every_unsupported_field_is_one_that_the_schema_knows()
    {
        foreach (var field in Support.Missing)
        {
            Schemas.Schema? schema = CanarySchema.Spec;
            foreach (var name in field.Path.Split('.')[1..])
            {
                schema = ((Schemas.ObjectSchema?)schema)?.Fields.GetValueOrDefault(name.Replace("[]", ""));
                if (name.EndsWith("[]"))
                    schema = ((Schemas.ListSchema?)schema)?.Items;
            }
            schema.Should().NotBeNull(field.Path);
        }
    }
}
