"""Other people's browser files that cannot run under our rules as they come, and what is written in their place.

The transcoder of packed textures (three, examples/jsm/libs/basis) writes its glue as text and has it evaluated, which
would need 'unsafe-eval' on a page that shows strangers' models. The same glue as plain closures is what its own
compiler makes with DYNAMIC_EXECUTION=0. The file is pinned by its hash, so these places are there or a new release
was pinned without looking.
"""

_CALL = """var invokerFn=function(...given){
if(given.length!==argCount-2){throwBindingError(`function ${humanName} called with ${given.length} arguments, expected ${argCount-2}`)}
var left=needsDestructorStack?[]:null;
var wired=given.map((one,place)=>argTypes[place+2]["toWireType"](left,one));
if(isClassMethodFunc){wired.unshift(argTypes[1]["toWireType"](left,this))}
var rv=cppInvokerFunc(cppTargetFunc,...wired);
if(left){runDestructors(left)}else{wired.forEach((one,place)=>{
var type=argTypes[place+(isClassMethodFunc?1:2)];
if(type.destructorFunction!==null){type.destructorFunction(one)}})}
if(returns){return argTypes[0]["fromWireType"](rv)}};"""  # noqa: E501
_METHOD = """var invokerFunction=(obj,func,destructorsRef,place)=>{
var given=types.map(type=>{var one=type["readValueFromPointer"](place);place+=type["argPackAdvance"];return one});
var rv=kind===1?new func(...given):kind===0?func.call(obj,...given):func.call(...given);
if(!retType.isVoid){return emval_returnValue(retType,destructorsRef,rv)}};"""

SWAPS: dict[str, tuple[tuple[str, str], ...]] = {
    "decoders/basis_transcoder.js": (
        (
            "let[args,invokerFnBody]=createJsInvoker(argTypes,isClassMethodFunc,returns,isAsync);"
            "args.push(invokerFnBody);var invokerFn=newFunc(Function,args)(...closureArgs);",
            _CALL,
        ),
        ("var invokerFunction=newFunc(Function,params)(...args);", _METHOD),
    )
}


def mend(place: str, content: bytes) -> bytes:
    """The file as it may be served. Raises LookupError where what is to be replaced is not in it."""
    for old, new in SWAPS.get(place, ()):
        if content.count(old.encode()) != 1:
            raise LookupError(f"{place} has changed: look for the place of {old[:40]!r} in it.")
        content = content.replace(old.encode(), new.encode())
    return content
