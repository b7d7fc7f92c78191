using Planning.Domain.Expressions;
using Xunit;

namespace Planning.Domain.Tests.Expressions;

public sealed class ErrorTests
{
    [Theory]
    [InlineData("", 1, "A value is missing before the end.")]
    [InlineData("a +", 4, "A value is missing before the end.")]
    [InlineData("a + * b", 5, "A value is missing before \"*\".")]
    [InlineData("a b", 3, "\"b\" cannot stand here.")]
    [InlineData("(a + b", 7, ") is missing before the end.")]
    [InlineData("a in [1, 2", 11, "] is missing before the end.")]
    [InlineData("a in []", 7, "A value is missing before \"]\".")]
    [InlineData("a = 1", 3, "A single = means nothing here.")]
    [InlineData("a && b", 3, "& is no operator here.")]
    [InlineData("yes | yes", 5, "| is no operator here.")]
    [InlineData("!yes", 1, "! is no operator here.")]
    [InlineData("a % 2", 3, "% is no operator here.")]
    [InlineData("a > .5", 5, "A dot must stand between two parts of a name or number.")]
    [InlineData("a > 5#", 6, "The character \"#\" begins nothing that an expression knows.")]
    [InlineData("who == 'me", 8, "This text has no end.")]
    [InlineData("1 < a < 9", 7, "Comparisons cannot be chained.")]
    [InlineData("median(days) > 1", 1, "There is no function median.")]
    [InlineData("a > 99999999999999999999999999999999", 5, "99999999999999999999999999999999 is too large a number.")]
    [InlineData("a == and", 6, "A value is missing before \"and\".")]
    public void A_syntax_error_names_its_column(string text, int column, string message)
    {
        var error = Assert.Single(Formulas.Errors(text, ExpressionType.Boolean));
        Assert.Equal((column, message), (error.Column, error.Message));
        Assert.NotEmpty(error.Advice);
    }

    [Theory]
    [InlineData("tags.critcality == 0", 1, "The name tags.critcality does not exist.", "Did you mean tags.criticality?")]
    [InlineData("yes and Days > 1", 9, "The name Days does not exist.", "Did you mean days?")]
    [InlineData("a", 1, "The expression is a number; true or false is needed.", "Compare it with something.")]
    [InlineData("a and yes", 1, "and needs true or false; a is a number.", "Compare it with something.")]
    [InlineData("not who", 5, "not needs true or false; who is a text.", "Compare it with something.")]
    [InlineData("a + who > 1", 5, "+ needs a number; who is a text.", "Use a number here.")]
    [InlineData("-who == 1", 2, "- needs a number; who is a text.", "Use a number here.")]
    [InlineData("tags.criticality == '0'", 18, "== compares a number with a text, which are never equal.", "Take the quotes away.")]
    [InlineData("days == days", 6, "== does not compare lists.", "Use in, or count their members.")]
    [InlineData("who > 'a'", 5, "> orders numbers; this is a text.", "Texts have no order here: name the values that you mean, with in ['a', 'b'].")]
    [InlineData("yes < a", 5, "< orders numbers; this is true or false.", "Compare numbers.")]
    [InlineData("a in b", 6, "in looks into a list; this is a number.", "Put the values in brackets: ['a', 'b'].")]
    [InlineData("a in kinds", 3, "The left side is a number, and the list holds texts.", "Look for what the list can hold.")]
    [InlineData("a in [1, 'x']", 10, "This member is a text, the first is a number.", "Give all members of a list one type.")]
    [InlineData("count([yes]) > 1", 8, "A list holds numbers or texts.", "Take the brackets away.")]
    [InlineData("sum(kinds) > 1", 5, "sum needs a list of numbers; this is a list of texts.", "Put the values in brackets: [1, 2].")]
    [InlineData("count(a) > 1", 7, "count needs a list; this is a number.", "Put the values in brackets: [1, 2].")]
    [InlineData("tags.compliance == 'soxx'", 20, "tags.compliance is never 'soxx'.", "Did you mean sox?")]
    [InlineData("tags.compliance in ['sox', 'iso27001']", 28, "tags.compliance is never 'iso27001'.", "Known are sox, gdpr, none.")]
    [InlineData("7 != tags.criticality", 1, "tags.criticality is never 7.", "Did you mean 0?")]
    public void An_error_of_name_or_type_names_its_column_and_what_to_do(string text, int column, string message, string advice) =>
        Assert.Equal(new ExpressionError(column, message, advice), Assert.Single(Formulas.Errors(text, ExpressionType.Boolean)));

    [Fact]
    public void All_errors_of_name_and_type_come_at_once() =>
        Assert.Equal([1, 16], Formulas.Errors("whom == 1 and (xyz > 2)", ExpressionType.Boolean).Select(e => e.Column));

    [Fact]
    public void A_part_that_is_wrong_is_reported_once() =>
        Assert.Single(Formulas.Errors("sum([nope, 1]) / 2 in days", ExpressionType.Boolean));

    [Fact]
    public void Text_that_is_too_long_is_refused_with_the_name_of_the_limit()
    {
        var error = Assert.Single(Formulas.Errors("yes and yes", ExpressionType.Boolean, new ExpressionLimits { MaxLength = 10 }));
        Assert.Equal((11, "The expression has 11 characters; max_length is 10."), (error.Column, error.Message));
    }

    [Theory]
    [InlineData("yes and yes and yes and yes", 21)]
    [InlineData("((((yes))))", 4)]
    [InlineData("not not not yes", 13)]
    [InlineData("a > ----1", 7)]
    [InlineData("count([[[a]]]) > 1", 9)]
    public void An_expression_that_is_nested_too_deep_is_refused_with_the_name_of_the_limit(string text, int column)
    {
        var error = Assert.Single(Formulas.Errors(text, ExpressionType.Boolean, new ExpressionLimits { MaxDepth = 3 }));
        Assert.Equal((column, "The expression is nested more than 3 levels deep, which is max_depth."), (error.Column, error.Message));
    }

    [Fact]
    public void A_hundred_thousand_open_parentheses_are_refused_without_harm() =>
        Assert.Single(Formulas.Errors(new string('(', 100_000), ExpressionType.Boolean, new ExpressionLimits { MaxLength = 200_000 }));

    [Fact]
    public void A_scope_without_names_says_so() =>
        Assert.Equal(
            "No name is known here.",
            Formula.TryParse("x", ExpressionScope.Empty, ExpressionType.Number, out _, out var errors) ? "" : errors[0].Advice);
}
