using System.Collections.Immutable;
using System.Diagnostics;
using static Planning.Domain.Expressions.ExpressionType;
using Kind = Planning.Domain.Expressions.ExpressionType;

namespace Planning.Domain.Expressions;

/// <summary>Gives every part of a tree its type, and reports every part that does not fit.</summary>
internal sealed class TypeChecker(ExpressionScope scope)
{
    private readonly List<ExpressionError> _errors = [];

    public static ImmutableArray<ExpressionError> Check(Expression tree, ExpressionScope scope, ExpressionType expected)
    {
        var checker = new TypeChecker(scope);
        if (checker.TypeOf(tree) is { } type && type != expected)
            checker.Fail(tree, $"The expression is {type.Named()}; {expected.Named()} is needed.", expected == Kind.Boolean ? "Compare it with something." : "Change what it computes.");
        return [.. checker._errors.OrderBy(e => e.Column)];
    }

    /// <summary>Null when the part is wrong, which has been reported; what is built on it stays silent.</summary>
    private ExpressionType? TypeOf(Expression tree) => tree switch
    {
        Expression.Number => Number,
        Expression.Text => Text,
        Expression.Truth => Kind.Boolean,
        Expression.Name name => OfName(name),
        Expression.ListOf list => OfList(list),
        Expression.Call call => OfCall(call),
        Expression.Unary { Operator: UnaryOperator.Not } not => Needs(not.Operand, Kind.Boolean, "not"),
        Expression.Unary minus => Needs(minus.Operand, Number, "-"),
        Expression.Binary binary => OfBinary(binary),
        _ => throw new UnreachableException(),
    };

    private ExpressionType? OfName(Expression.Name name)
    {
        if (scope.Find(name.Path) is { } entry)
            return entry.Type;
        return Fail(name, $"The name {name.Path} does not exist.", NearestName.Advice(name.Path, [.. scope.Names]));
    }

    private ExpressionType? OfList(Expression.ListOf list)
    {
        var types = list.Members.Select(TypeOf).ToArray();
        if (types.Any(t => t is null))
            return null;
        var odd = Array.FindIndex(types, t => t != types[0]);
        if (odd > 0)
            return Fail(list.Members[odd], $"This member is {types[odd]!.Value.Named()}, the first is {types[0]!.Value.Named()}.", "Give all members of a list one type.");
        return types[0]!.Value.ListOf() ?? Fail(list.Members[0], "A list holds numbers or texts.", "Take the brackets away.");
    }

    private ExpressionType? OfCall(Expression.Call call)
    {
        var function = Snake.Case(call.Function.ToString());
        return TypeOf(call.Argument) switch
        {
            null => null,
            NumberList => Number,
            TextList when call.Function == ListFunction.Count => Number,
            { } type => Fail(call.Argument, $"{function} needs a list{(call.Function == ListFunction.Count ? "" : " of numbers")}; this is {type.Named()}.", "Put the values in brackets: [1, 2]."),
        };
    }

    private ExpressionType? OfBinary(Expression.Binary binary)
    {
        var sign = binary.Operator.Text();
        switch (binary.Operator)
        {
            case BinaryOperator.And or BinaryOperator.Or:
                return Both(binary, Kind.Boolean, sign) ? Kind.Boolean : null;
            case BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Multiply or BinaryOperator.Divide:
                return Both(binary, Number, sign) ? Number : null;
            case BinaryOperator.In:
                return OfIn(binary);
            case BinaryOperator.Equal or BinaryOperator.NotEqual:
                return OfEquality(binary, sign);
            default:
                return OfOrder(binary, sign);
        }
    }

    private ExpressionType? OfIn(Expression.Binary binary)
    {
        if (Sides(binary) is not var (left, right))
            return null;
        if (right.Member() is not { } member)
            return Fail(binary.Right, $"in looks into a list; this is {right.Named()}.", "Put the values in brackets: ['a', 'b'].");
        if (left != member)
            return Fail(binary, $"The left side is {left.Named()}, and the list holds {right.Named()["a list of ".Length..]}.", "Look for what the list can hold.");
        return KnownValues(binary) ? Kind.Boolean : null;
    }

    private ExpressionType? OfEquality(Expression.Binary binary, string sign)
    {
        if (Sides(binary) is not var (left, right))
            return null;
        if (left != right)
            return Fail(binary, $"{sign} compares {left.Named()} with {right.Named()}, which are never equal.", right == Text && left == Number ? "Take the quotes away." : "Compare values of one type.");
        if (left.Member() is not null)
            return Fail(binary, $"{sign} does not compare lists.", "Use in, or count their members.");
        return KnownValues(binary) ? Kind.Boolean : null;
    }

    private ExpressionType? OfOrder(Expression.Binary binary, string sign)
    {
        if (Sides(binary) is not var (left, right))
            return null;
        if (left == Number && right == Number)
            return Kind.Boolean;
        var odd = left == Number ? right : left;
        return Fail(binary, $"{sign} orders numbers; this is {odd.Named()}.", odd == Text ? "Texts have no order here: name the values that you mean, with in ['a', 'b']." : "Compare numbers.");
    }

    /// <summary>A literal that the name beside it can never equal is a typing error, not a condition that never holds.</summary>
    private bool KnownValues(Expression.Binary binary)
    {
        var before = _errors.Count;
        foreach (var (name, other) in new[] { (binary.Left, binary.Right), (binary.Right, binary.Left) })
        {
            if (name is not Expression.Name { Path: var path } || scope.Find(path) is not { Values: { IsEmpty: false } values })
                continue;
            foreach (var literal in other is Expression.ListOf list ? list.Members : [other])
            {
                var text = literal switch { Expression.Text t => t.Value, Expression.Number n => n.ToString(), _ => null };
                if (text is not null && !values.Contains(text))
                    Fail(literal, $"{path} is never {literal}.", NearestName.Advice(text, values));
            }
        }
        return _errors.Count == before;
    }

    private (Kind Left, Kind Right)? Sides(Expression.Binary binary) =>
        (TypeOf(binary.Left), TypeOf(binary.Right)) is ({ } left, { } right) ? (left, right) : null;

    private bool Both(Expression.Binary binary, ExpressionType needed, string sign) =>
        (Needs(binary.Left, needed, sign) is not null) & (Needs(binary.Right, needed, sign) is not null);

    private ExpressionType? Needs(Expression operand, ExpressionType needed, string sign) =>
        TypeOf(operand) is not { } type ? null
        : type == needed ? needed
        : Fail(operand, $"{sign} needs {needed.Named()}; {operand} is {type.Named()}.", needed == Kind.Boolean ? "Compare it with something." : "Use a number here.");

    private ExpressionType? Fail(Expression at, string message, string advice)
    {
        _errors.Add(new ExpressionError(at.At.Value, message, advice));
        return null;
    }
}
