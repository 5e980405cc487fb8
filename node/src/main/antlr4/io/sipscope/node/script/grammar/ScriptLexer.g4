// The words of OpenSIPS's routing scripts. What stands in strings and in the parentheses of
// pseudo-variables is read by TextReader.
lexer grammar ScriptLexer;

options { superClass = VariableLexer; }

// `else` and `if` behind it, which Words makes one word.
tokens { ELSE_IF }

SPACE : [ \t\r\n\u000C\uFEFF]+ -> channel(HIDDEN);

DEFINE : '#!' ('define' | 'def') ~[\r\n]*;
SUBSTITUTE : '#!' ('substdefs' | 'substdef' | 'subst') ~[\r\n]*;
IFDEF : '#!ifdef' ~[\r\n]*;
IFNDEF : '#!ifndef' ~[\r\n]*;
OTHERWISE : '#!else' ~[\r\n]*;
ENDIF : '#!endif' ~[\r\n]*;
COMMENT : ('#' | '//') ~[\r\n]* -> channel(HIDDEN);
LONG_COMMENT : '/*' .*? '*/' -> channel(HIDDEN);
OPEN_COMMENT : '/*';

ROUTE : 'route' | 'request_route';
OTHER_ROUTE : 'onreply_route' | 'reply_route' | 'failure_route' | 'branch_route' | 'local_route'
    | 'error_route' | 'startup_route' | 'event_route' | 'timer_route';
LOADMODULE : 'loadmodule';
MODPARAM : 'modparam';
INCLUDE : 'include_file' | 'import_file';

IF : 'if';
ELSE : 'else';
WHILE : 'while';
FOR : 'for';
IN : 'in';
SWITCH : 'switch';
CASE : 'case';
DEFAULT : 'default';
BREAK : 'break';
RETURN : 'return';
EXIT : 'exit';
DROP : 'drop';
ASYNC : 'async';
LAUNCH : 'launch';

ASSIGN : '=' | ':=' | '+=' | '-=' | '*=' | '/=' | '%=' | '|=' | '&=' | '^=' | '~=' | '<<=' | '>>=';
EQUALITY : '==' | '!=' | '=~' | '!~';
ORDER : '<' | '>' | '<=' | '>=';
OR : '||' | 'or' | 'OR';
AND : '&&' | 'and' | 'AND';
NOT : '!' | 'not' | 'NOT';
SHIFT : '<<' | '>>';
PLUS : '+';
MINUS : '-';
TIMES : '*';
DIVIDE : '/';
MODULO : '%';
BIT_AND : '&';
BIT_OR : '|';
BIT_XOR : '^';
BIT_NOT : '~';

OPEN : '(';
CLOSE : ')';
BEGIN : '{';
END : '}';
LEFT : '[';
RIGHT : ']';
COMMA : ',';
SEMICOLON : ';';
COLON : ':';
DOT : '.';

// src_ip == 10.0.0.0/8, and src_ip == 10.0.0.1, as 1.x and 2.x have them.
NETWORK : ADDRESS '/' (ADDRESS | [0-9]+);
ADDRESS : [0-9]+ '.' [0-9]+ '.' [0-9]+ '.' [0-9]+;
NUMBER : '0' [xX] [0-9a-fA-F]+ | [0-9]+;
NAME : [a-zA-Z_] [a-zA-Z0-9_]* | 'msg:len';
STRING : '"' (~["\\] | '\\' .)* '"' | '\'' ~[']* '\'';
OPEN_STRING : ["'];
// The superclass takes the rest: parentheses of any depth without recursion.
VARIABLE : '$' { variable(); };
OTHER : .;
