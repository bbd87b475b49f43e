using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Schemas;
using Rollouts.Sandbox.ApiServer.Schemas.Columns;
using Rollouts.Sandbox.Tests.Patching;

namespace Rollouts.Sandbox.Tests.Schemas;

public sealed class PrinterColumnsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Theory]
    [InlineData("one")]
    [InlineData("two")]
    [InlineData("zero")]
    public void The_cells_of_a_custom_resource_are_the_recorded_ones(string name)
    {
        var steps = Recording.Read("06-list", "table-custom");
        var columns = new PrinterColumns(steps[0].Asked!["spec"]!["versions"]![0]!["additionalPrinterColumns"]!.AsArray());
        var widget = steps.First(s => s.Asked?["metadata"]?["name"]?.GetValue<string>() == name).Asked!.DeepClone().AsObject();
        widget["metadata"]!["creationTimestamp"] = "2026-01-02T03:03:05Z";
        var table = steps.Single(s => s.Name == "list").Answer!;
        var recorded = table["rows"]!.AsArray().Select(r => r!["cells"]!.AsArray()).Single(r => r[0]!.GetValue<string>() == name);

        var cells = columns.Cells(widget, Now);

        cells[^1].ShouldBe("'60s'");
        var ages = cells.Select((c, i) => recorded[i]?.ToString() == "<age>" && c?.ToString() != "<invalid>" ? "<age>" : c?.DeepClone());
        new JsonArray([.. ages]).ShouldBe(recorded);
        columns.Definitions().Select(Shape).Should().Equal(table["columnDefinitions"]!.AsArray().Select(Shape));
    }

    [Fact]
    public void A_kind_without_columns_shows_name_and_age()
    {
        var columns = new PrinterColumns(null);

        columns.Definitions().Select(Shape).Should().Equal(
            Recording.Read("06-list", "table-custom").Single(s => s.Name == "no columns given").Answer!["columnDefinitions"]!.AsArray().Select(Shape));
        columns.Cells(Json.Object("{'metadata':{'name':'one','creationTimestamp':'2025-12-31T03:04:05Z'}}"), Now).ShouldBe("['one','2d']");
    }

    [Theory]
    [InlineData("string", "'text'", "'text'")]
    [InlineData("string", "3", "'3'")]
    [InlineData("string", "true", "'true'")]
    [InlineData("string", "{'a':[1]}", "'{\\'a\\':[1]}'")]
    [InlineData("integer", "2.7", "2")]
    [InlineData("integer", "'2'", "null")]
    [InlineData("number", "0.5", "0.5")]
    [InlineData("number", "'0.5'", "null")]
    [InlineData("boolean", "false", "false")]
    [InlineData("boolean", "'false'", "null")]
    [InlineData("date", "'2026-01-02T03:04:00Z'", "'5s'")]
    [InlineData("date", "'never'", "'<invalid>'")]
    [InlineData("date", "7", "null")]
    [InlineData("date", "null", "null")]
    public void A_cell_has_the_type_of_its_column_or_is_empty(string type, string value, string cell) =>
        new PrinterColumns(Json.Array($"[{{'name':'X','type':'{type}','jsonPath':'.x'}}]"))
            .Cells(Json.Object($"{{'metadata':{{'name':'n'}},'x':{value}}}"), Now)[1].ShouldBe(cell);

    [Theory]
    [InlineData(".spec.x", "[1]")]
    [InlineData(".metadata.labels['a\\.b/c']", "['l']")]
    [InlineData(".metadata.labels['a.b/c']", "['l']")]
    [InlineData(".metadata.labels.a\\.b/c", "['l']")]
    [InlineData(".status.conditions[?(@.type==\"Ready\")].status", "['True']")]
    [InlineData(".status.conditions[?(@.type=='Old')].status", "['False']")]
    [InlineData(".status.conditions[?(@.type != 'Old')].status", "['True']")]
    [InlineData(".status.conditions[?(@.n>=2)].status", "['False']")]
    [InlineData(".status.conditions[?(@.n)].type", "['Old']")]
    [InlineData(".status.conditions[*].type", "['Ready','Old']")]
    [InlineData(".status.conditions[0].type", "['Ready']")]
    [InlineData(".status.conditions[-1].type", "['Old']")]
    [InlineData(".status.conditions[7].type", "[]")]
    [InlineData(".status.none.x", "[]")]
    [InlineData(".spec.nothing", "[]")]
    [InlineData(".spec.*", "[1]")]
    public void A_simple_path_finds_what_stands_there(string path, string found) => new JsonArray([.. JsonPath.Parse(path).Find(Json.Object(
        """
        {'metadata':{'labels':{'a.b/c':'l'}},'spec':{'x':1,'nothing':null},
         'status':{'conditions':[{'type':'Ready','status':'True'},{'type':'Old','status':'False','n':2}]}}
        """)).Select(n => n.DeepClone())]).ShouldBe(found);

    [Theory]
    [InlineData("spec.a")]
    [InlineData(".a[")]
    [InlineData(".a[x]")]
    [InlineData(".a[?(@.b==)]")]
    [InlineData(".a['b]")]
    [InlineData(".a b")]
    [InlineData(".a..b")]
    public void What_is_no_simple_path_is_refused(string path)
    {
        var parse = () => JsonPath.Parse(path);

        parse.Should().Throw<FormatException>();
    }

    [Fact]
    public void A_column_of_an_unknown_type_and_path_is_refused_as_recorded()
    {
        var step = Recording.Read("09-crd", "invalid").Single(s => s.Name == "bad column");
        var columns = step.Asked!["spec"]!["versions"]![0]!["additionalPrinterColumns"]!.AsArray();

        PrinterColumns.Check(columns, "spec.additionalPrinterColumns").Select(c => (c.Field, c.Reason, c.Message))
            .Should().Equal(step.Answer!["details"]!["causes"]!.AsArray().Select(c => ($"{c!["field"]}", $"{c["reason"]}", $"{c["message"]}")));
    }

    [Theory]
    [InlineData(-1.5, "0s")]
    [InlineData(-3, "<invalid>")]
    [InlineData(119, "119s")]
    [InlineData(120, "2m")]
    [InlineData(310, "5m10s")]
    [InlineData(3_600, "60m")]
    [InlineData(3 * 3_600, "3h")]
    [InlineData((3 * 3_600) + 60, "3h1m")]
    [InlineData(47 * 3_600, "47h")]
    [InlineData(53 * 3_600, "2d5h")]
    [InlineData(400 * 86_400, "400d")]
    [InlineData(3 * 365 * 86_400, "3y")]
    [InlineData(10 * 365 * 86_400, "10y")]
    public void An_age_has_at_most_two_units(double seconds, string text) =>
        HumanDuration.Of(TimeSpan.FromSeconds(seconds)).Should().Be(text);

    private static (string, string, string, string) Shape(JsonNode? column) =>
        ($"{column!["name"]}", $"{column["type"]}", $"{column["format"]}", $"{column["priority"]}");
}
