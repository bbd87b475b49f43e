using Microsoft.AspNetCore.Http;
using Rollouts.Sandbox.Mesh.Routing;

namespace Rollouts.Sandbox.Tests.Mesh;

public sealed class RequestMatchTests
{
    [Theory]
    [InlineData("""{"uri":{"exact":"/a/b"}}""", true)]
    [InlineData("""{"uri":{"exact":"/a"}}""", false)]
    [InlineData("""{"uri":{"prefix":"/a"}}""", true)]
    [InlineData("""{"uri":{"prefix":"/A"}}""", false)]
    [InlineData("""{"uri":{"prefix":"/A"},"ignoreUriCase":true}""", true)]
    [InlineData("""{"uri":{"regex":"/[a-z]/b"}}""", true)]
    [InlineData("""{"uri":{"regex":"/[a-z]"}}""", false)]
    [InlineData("""{"uri":{"regex":"("}}""", false)]
    [InlineData("""{"uri":{"regex":"(?=/a)/a/b"}}""", false)]
    [InlineData("""{"method":{"exact":"GET"}}""", true)]
    [InlineData("""{"method":{"exact":"POST"}}""", false)]
    [InlineData("""{"authority":{"prefix":"podinfo"}}""", true)]
    [InlineData("""{"authority":{"exact":"other"}}""", false)]
    [InlineData("""{"headers":{"x-user":{"exact":"insider"}}}""", true)]
    [InlineData("""{"headers":{"X-User":{"prefix":"ins"}}}""", true)]
    [InlineData("""{"headers":{"x-user":{"exact":"Insider"}}}""", false)]
    [InlineData("""{"headers":{"x-user":{}}}""", true)]
    [InlineData("""{"headers":{"x-none":{}}}""", false)]
    [InlineData("""{"headers":{"x-twice":{"exact":"1,2"}}}""", true)]
    [InlineData("""{"headers":{"cookie":{"regex":"^(.*?;)?(canary=always)(;.*)?$"}}}""", true)]
    [InlineData("""{"headers":{"cookie":{"regex":"canary"}}}""", false)]
    [InlineData("""{"withoutHeaders":{"x-user":{"exact":"insider"}}}""", false)]
    [InlineData("""{"withoutHeaders":{"x-user":{"exact":"outsider"}}}""", true)]
    [InlineData("""{"queryParams":{"v":{"exact":"2"}}}""", true)]
    [InlineData("""{"queryParams":{"v":{"regex":"[0-9]+"}}}""", true)]
    [InlineData("""{"queryParams":{"v":{"prefix":"2"}}}""", true)]
    [InlineData("""{"queryParams":{"v":{"prefix":"3"}}}""", false)]
    [InlineData("""{"queryParams":{"v":{"regex":"[a-z]+"}}}""", false)]
    [InlineData("""{"queryParams":{"v":{"exact":"2"},"w":{"exact":"1"}}}""", false)]
    [InlineData("""{"headers":{"x-user":{"regex":"in.*"}}}""", true)]
    [InlineData("""{"headers":{"x-user":{"regex":"in"}}}""", false)]
    [InlineData("""{"headers":{"x-user":{"prefix":"out"}}}""", false)]
    [InlineData("""{"headers":{"x-user":{"exact":"insider"},"x-none":{"exact":"1"}}}""", false)]
    [InlineData("""{"headers":{"cookie":{"regex":"^(.*?;\\s*)?(canary=never)(;.*)?$"}}}""", false)]
    [InlineData("""{"queryParams":{"w":{"exact":"2"}}}""", false)]
    [InlineData("""{"uri":{"prefix":"/a"},"headers":{"x-user":{"exact":"nobody"}}}""", false)]
    [InlineData("""{"sourceLabels":{"app":"frontend"}}""", false)]
    [InlineData("""{"gateways":["mesh"],"port":80}""", true)]
    [InlineData("{}", true)]
    public void Every_condition_of_a_match_must_hold(string match, bool holds)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = "GET";
        context.Request.Scheme = "http";
        context.Request.Host = new HostString("podinfo.test", 80);
        context.Request.Path = "/a/b";
        context.Request.QueryString = new QueryString("?v=2");
        context.Request.Headers["x-user"] = "insider";
        context.Request.Headers["x-twice"] = new(["1", "2"]);
        context.Request.Headers.Cookie = "a=b;canary=always";
        RequestMatch.From(MeshObject.Parse(match)).Matches(context.Request).Should().Be(holds);
    }

    [Theory]
    [InlineData("""{"uri":"/new"}""", """{"uri":{"prefix":"/old"}}""", "/new/x")]
    [InlineData("""{"uri":"/"}""", """{"uri":{"prefix":"/old/"}}""", "/x")]
    [InlineData("""{"uri":"/new"}""", """{"uri":{"exact":"/old/x"}}""", "/new")]
    [InlineData("""{"uri":"/new"}""", "{}", "/new")]
    [InlineData("""{"authority":"other"}""", "{}", "/old/x")]
    [InlineData("""{"uriRegexRewrite":{"match":"/old/(.*)","rewrite":"/\\1/new"}}""", "{}", "/x/new")]
    public void A_rewrite_replaces_what_was_matched(string rewrite, string match, string path) =>
        Rewrite.From(MeshObject.Parse(rewrite))?.PathFor("/old/x", RequestMatch.From(MeshObject.Parse(match))).Should().Be(path);
}
