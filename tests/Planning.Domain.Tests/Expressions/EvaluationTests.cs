using Planning.Domain.Expressions;
using Xunit;
using static Planning.Domain.Expressions.ExpressionValue;

namespace Planning.Domain.Tests.Expressions;

public sealed class EvaluationTests
{
    [Theory]
    [InlineData("1 + 2 * 3", 7)]
    [InlineData("(1 + 2) * 3", 9)]
    [InlineData("10 - 4 - 3", 3)]
    [InlineData("24 / 4 / 2", 3)]
    [InlineData("-2 * -3", 6)]
    [InlineData("2 - -3", 5)]
    [InlineData("a / b", 1.5)]
    [InlineData("0.1 + 0.2", 0.3)]
    [InlineData("sum(days) / count(days)", 3)]
    [InlineData("avg(days)", 3)]
    [InlineData("min(days)", 1)]
    [InlineData("max(days)", 6)]
    [InlineData("count(kinds)", 2)]
    [InlineData("sum(nothing)", 0)]
    [InlineData("count(nothing)", 0)]
    [InlineData("max([a, b, 5])", 6)]
    public void A_number_is_computed_exactly(string text, double expected) =>
        Assert.Equal(new Number((decimal)expected), Formulas.Read(text, ExpressionType.Number).Evaluate(Formulas.Values));

    [Theory]
    [InlineData("a == 6", true)]
    [InlineData("a == 6.00", true)]
    [InlineData("a != 6", false)]
    [InlineData("a < b", false)]
    [InlineData("a <= 6", true)]
    [InlineData("a > b", true)]
    [InlineData("a >= 7", false)]
    [InlineData("who == 'it''s me'", true)]
    [InlineData("who == \"it's me\"", true)]
    [InlineData("who != 'me'", true)]
    [InlineData("yes == true", true)]
    [InlineData("not yes", false)]
    [InlineData("not a == 7", true)]
    [InlineData("yes and a > b or false", true)]
    [InlineData("false and false or true", true)]
    [InlineData("false and (false or true)", false)]
    [InlineData("not false and false", false)]
    [InlineData("a in [1, 2 * 3]", true)]
    [InlineData("a in days", true)]
    [InlineData("b in days", false)]
    [InlineData("'schema' in kinds", true)]
    [InlineData("tags.compliance in ['sox', 'gdpr']", true)]
    [InlineData("tags.criticality == 0", true)]
    public void A_condition_is_true_or_false(string text, bool expected) =>
        Assert.Equal(Truth.Of(expected), Formulas.Read(text, ExpressionType.Boolean).Evaluate(Formulas.Values));

    [Theory]
    [InlineData("avg(nothing)")]
    [InlineData("min(nothing)")]
    [InlineData("max(nothing)")]
    [InlineData("a / 0")]
    [InlineData("0 / (a - 6)")]
    [InlineData("gone")]
    [InlineData("-gone")]
    [InlineData("gone * 0")]
    [InlineData("sum([a, gone])")]
    [InlineData("1 + avg(nothing)")]
    [InlineData("79228162514264337593543950335 + 1")]
    [InlineData("79228162514264337593543950335 * 2")]
    [InlineData("sum([79228162514264337593543950335, 1])")]
    [InlineData("79228162514264337593543950335 / 0.1")]
    public void What_cannot_be_computed_is_no_data_and_never_0(string text) =>
        Assert.Equal(NoData.Instance, Formulas.Read(text, ExpressionType.Number).Evaluate(Formulas.Values));

    [Theory]
    [InlineData("unsure and true", null)]
    [InlineData("unsure and false", false)]
    [InlineData("false and unsure", false)]
    [InlineData("unsure or false", null)]
    [InlineData("unsure or true", true)]
    [InlineData("true or unsure", true)]
    [InlineData("not unsure", null)]
    [InlineData("unsure == unsure", null)]
    [InlineData("gone == 0", null)]
    [InlineData("gone != 0", null)]
    [InlineData("gone in [0]", null)]
    [InlineData("a in [6, gone]", null)]
    [InlineData("a / 0 > 1 or yes", true)]
    public void Missing_data_spreads_except_where_the_other_side_decides(string text, bool? expected) =>
        Assert.Equal(
            expected is { } truth ? Truth.Of(truth) : (ExpressionValue)NoData.Instance,
            Formulas.Read(text, ExpressionType.Boolean).Evaluate(Formulas.Values));

    [Theory]
    [InlineData("a + 1", ExpressionType.Number)]
    [InlineData("a", ExpressionType.Number)]
    [InlineData("a == 6", ExpressionType.Boolean)]
    public void A_value_of_another_type_than_the_scope_promised_counts_as_missing(string text, ExpressionType type) =>
        Assert.Equal(NoData.Instance, Formulas.Read(text, type).Evaluate(Formulas.Values.SetItem("a", new Text("6"))));

    [Fact]
    public void A_list_can_be_the_whole_answer()
    {
        Assert.Equal(new Texts(["a", "it's me"]), Formulas.Read("['a', who]", ExpressionType.TextList).Evaluate(Formulas.Values));
        Assert.Equal(new Numbers([6, 1]), Formulas.Read("[a, 1]", ExpressionType.NumberList).Evaluate(Formulas.Values));
    }

    [Fact]
    public void Values_are_equal_by_what_they_hold()
    {
        Assert.Equal(new Numbers([1, 2]).GetHashCode(), new Numbers([1, 2]).GetHashCode());
        Assert.Equal(new Texts(["x"]).GetHashCode(), new Texts(["x"]).GetHashCode());
        Assert.NotEqual(new Numbers([1, 2]), new Numbers([2, 1]));
        Assert.NotEqual(new Texts(["x"]), new Texts(["X"]));
        Assert.Null(NoData.Instance.Type);
    }
}
