using Planning.Domain.Expressions;
using Xunit;

namespace Planning.Domain.Tests.Expressions;

public sealed class PrintingTests
{
    [Theory]
    [InlineData("1+2*3", "1 + 2 * 3")]
    [InlineData("((1+2))*3", "(1 + 2) * 3")]
    [InlineData("1-(2-3)", "1 - (2 - 3)")]
    [InlineData("(1-2)-3", "1 - 2 - 3")]
    [InlineData("-(1+2)", "-(1 + 2)")]
    [InlineData("- -1", "--1")]
    [InlineData("sum( [1,2] )", "sum([1, 2])")]
    public void A_number_is_printed_with_the_fewest_parentheses(string written, string printed) =>
        Assert.Equal(printed, Formulas.Read(written, ExpressionType.Number).Tree.ToString());

    [Theory]
    [InlineData("(yes or yes)and yes", "(yes or yes) and yes")]
    [InlineData("not(a==1)", "not a == 1")]
    [InlineData("(not yes)==true", "(not yes) == true")]
    [InlineData("who==\"it's\"", "who == 'it''s'")]
    [InlineData("(a<1)==(b<1)", "(a < 1) == (b < 1)")]
    [InlineData("false!=(a in[1])", "false != (a in [1])")]
    public void A_condition_is_printed_with_the_fewest_parentheses(string written, string printed) =>
        Assert.Equal(printed, Formulas.Read(written, ExpressionType.Boolean).Tree.ToString());

    [Fact]
    public void A_formula_keeps_its_text_and_equals_another_that_means_the_same()
    {
        var spaced = Formulas.Read("  a  >  1", ExpressionType.Boolean);
        var tight = Formulas.Read("a>1", ExpressionType.Boolean);
        Assert.Equal("  a  >  1", spaced.ToString());
        Assert.Equal(tight, spaced);
        Assert.Equal(tight.GetHashCode(), spaced.GetHashCode());
        Assert.NotEqual(tight, Formulas.Read("a>2", ExpressionType.Boolean));
        Assert.NotEqual(Formulas.Read("a in [1]", ExpressionType.Boolean), Formulas.Read("a in [2]", ExpressionType.Boolean));
    }

    [Fact]
    public void A_formula_names_what_it_uses_once() =>
        Assert.Equal(["a", "b", "days"], Formulas.Read("max([b, -a, a]) > avg(days)", ExpressionType.Boolean).Names.AsEnumerable());
}
